"""Vacancies as a kind of import: by the rules of ``importing.py``, in the frame of ``workforce.imports``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from workforce.accounts.access import can_edit_roles
from workforce.accounts.models import Organization, User
from workforce.employers import services
from workforce.employers.events import role_changed
from workforce.employers.importing import (
    TITLES,
    ImportReport,
    Run,
    identity_of,
    known_role,
    problems_of,
    save_draft,
    sheet_for,
)
from workforce.employers.models import Role, RoleCredential, RoleSkill
from workforce.employers.reading.columns import HEADINGS, map_columns
from workforce.employers.reading.rows import Draft, read_row
from workforce.employers.rules import CredentialNeed, SkillNeed
from workforce.imports.choices import Outcome
from workforce.imports.kinds import Field, Importer, Session, Switch, Taken
from workforce.imports.models import ImportJob, ImportRow
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import Row

LABELS = {
    "title": _("Title"),
    "title_es": _("Title in Spanish"),
    "title_en": _("Title in English"),
    "description": _("Description"),
    "description_es": _("Description in Spanish"),
    "description_en": _("Description in English"),
    "skills": _("Skills"),
    "shifts": _("Shift"),
    "pay": _("Pay"),
    "pay_period": _("Pay period"),
    "currency": _("Currency"),
    "bonuses": _("Bonuses"),
    "benefits": _("Benefits"),
    "openings": _("Openings"),
    "hours": _("Hours per week"),
    "contract": _("Contract"),
    "english": _("English"),
    "starts_on": _("Starts on"),
    "closes_at": _("Closes on"),
    "external_ref": _("Your reference"),
    "plant": _("Plant"),
    "credentials": _("Certificates"),
    "language": _("Written in"),
    "us_work": _("US work authorization"),
}
CHANGED = _("Somebody changed this role after the import.")
USED = _("People have applied for this role: close it instead.")
GONE = _("This role is not there any more.")


def _field(name: str) -> Any:
    return Role._meta.get_field(name)


def snapshot(role: Role) -> dict[str, Any]:
    """Return what an import may replace of a role, to be put back by an undo."""
    fields = {name: getattr(role, _field(name).attname) for name in services.EDITABLE}
    return {
        "fields": fields,
        "skills": list(RoleSkill.objects.filter(role=role).values_list("skill_id", "level", "must", "weight")),
        "credentials": list(RoleCredential.objects.filter(role=role).values_list("credential_id", "must")),
        "source_hash": role.source_hash,
    }


class RoleSession(Session):
    """One pass over a file of vacancies."""

    def __init__(self, job: ImportJob) -> None:
        super().__init__(job)
        self.organization: Organization = job.organization  # type: ignore[assignment]  # its kind always has one
        self.sheet = sheet_for(self.organization, job.mapping, job.headings, job.language)

    def take(self, rows: Sequence[Row]) -> list[Taken]:
        """Save each good row as a role, in a savepoint of its own."""
        return [self._take(row) for row in rows]

    def _take(self, row: Row) -> Taken:
        if row.problem is not None:
            return Taken(row.line, Outcome.FAILED, problems=[row.problem])
        draft = read_row(self.sheet, row)
        if draft.problems:
            return Taken(row.line, Outcome.FAILED, problems=draft.problems)
        try:
            with transaction.atomic():
                return self._save(row, draft)
        except ValidationError as found:
            if self.seen.get(identity := identity_of(draft)) == row.line:
                del self.seen[identity]  # a refused row does not make a later one a duplicate
            return Taken(row.line, Outcome.FAILED, problems=list(problems_of(found, draft, row)))

    def _save(self, row: Row, draft: Draft) -> Taken:
        report, publish = ImportReport(), bool(self.job.options.get("publish"))
        run = Run(self.organization, self.job.user, self.sheet, publish, report, self.seen)
        identity = identity_of(draft)
        known = known_role(run, identity, draft)
        before = snapshot(known) if known is not None else {}
        save_draft(run, row, draft)
        if report.problems:
            return Taken(row.line, Outcome.FAILED, problems=report.problems)
        outcome, ids = next(
            (outcome, ids)
            for outcome, ids in (
                (Outcome.CREATED, report.created),
                (Outcome.UPDATED, report.updated),
                (Outcome.UNCHANGED, report.unchanged),
            )
            if ids
        )
        revision = Role.objects.values_list("revision", flat=True).get(pk=ids[0])
        kept = before if outcome == Outcome.UPDATED else {}
        return Taken(row.line, outcome, identity, ids[0], kept, str(revision), notes=report.notes)


class RoleImporter(Importer):
    """Vacancies of an employer or agency."""

    kind = "roles"
    label = _("Roles")
    text = _("Your vacancies: one row each. Good rows become drafts, or are published if you say so.")
    fields = tuple(Field(name, LABELS[name], names) for name, names in HEADINGS.items())
    needs_one_of = (TITLES,)
    switches = (
        Switch(
            "publish",
            _("Publish the roles that can be published"),
            _("Without this all are saved as drafts, and you publish them one by one."),
        ),
    )

    def may(self, user: User, organization: Organization) -> bool:
        """Owners and recruiters; staff for any organization that hires."""
        return can_edit_roles(user, organization) or (
            user.is_staff and (organization.is_employer or organization.is_agency)
        )

    def guess(self, headings: Sequence[str]) -> dict[str, int]:
        """By the headings that plants use."""
        return map_columns(headings)[0]

    def session(self, job: ImportJob) -> RoleSession:
        """Begin a pass."""
        return RoleSession(job)

    def undo(self, rows: Sequence[ImportRow]) -> list[ImportProblem | None]:
        """Delete roles that the import made, and put back what it replaced, unless somebody changed them since."""
        return [self._undo(row) for row in rows]

    def _undo(self, row: ImportRow) -> ImportProblem | None:
        role = Role.objects.select_for_update(of=("self",)).filter(pk=row.object_id).first()
        if role is None:
            return ImportProblem("gone", GONE)
        if str(role.revision) != row.after:
            return ImportProblem("changed_since", CHANGED)
        return _delete(role) if row.outcome == Outcome.CREATED else _restore(role, row.before)


def _delete(role: Role) -> ImportProblem | None:
    role_id = role.pk
    try:
        with transaction.atomic():
            role.delete()
    except ProtectedError:
        return ImportProblem("in_use", USED)
    role_changed.send(sender=Role, role_id=role_id)
    return None


def _restore(role: Role, before: dict[str, Any]) -> ImportProblem | None:
    values: dict[str, Any] = {}
    for name, value in before["fields"].items():
        field = _field(name)
        if field.is_relation:
            value = field.related_model.objects.filter(pk=value).first() if value is not None else None
        else:
            value = field.to_python(value)
        values[name] = value
    if values["plant"] is None:
        return ImportProblem("gone", _("Its plant is not there any more."))
    try:
        with transaction.atomic():
            services.save_role(
                actor=None,
                organization=role.organization,
                values=values,
                skills=[SkillNeed(*need) for need in before["skills"]],
                credentials=[CredentialNeed(*need) for need in before["credentials"]],
                role=role,
            )
            Role.objects.filter(pk=role.pk).update(source_hash=before["source_hash"])
    except ValidationError as found:
        error = found.error_list[0] if not hasattr(found, "error_dict") else next(iter(found.error_dict.values()))[0]
        return ImportProblem(error.code or "invalid", error.message, params=error.params)
    return None
