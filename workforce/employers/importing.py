"""Vacancies from a file: each good row becomes a role, each bad one is reported; the same file twice changes nothing.

``import_roles`` is what the command calls; ``bulk.py`` takes rows by the same rules for the pages, in chunks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.text import fold
from workforce.employers import services
from workforce.employers.choices import RoleState
from workforce.employers.models import Plant, Role
from workforce.employers.reading.columns import map_columns
from workforce.employers.reading.rows import Draft, Sheet, read_row
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import Row, read_table
from workforce.skills.services import note_unlinked

TITLES = ("title", "title_es", "title_en")


@dataclass
class ImportReport:
    """What came of a file: counts, rows refused (``problems``) and what was taken with a doubt (``notes``)."""

    rows: int = 0
    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    published: int = 0
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[ImportProblem] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""

    @property
    def understood(self) -> int:
        """Rows that are roles now, or were already."""
        return len(self.created) + len(self.updated) + len(self.unchanged)


@dataclass(frozen=True)
class Run:
    """What holds for one pass over a file: for whom, by whom, how the columns lie, and what came of it so far."""

    organization: Organization
    actor: User | None
    sheet: Sheet
    publish: bool
    report: ImportReport
    seen: dict[str, int] = field(default_factory=dict)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def identity_of(draft: Draft) -> str:
    """What makes a row the same role at the next import: its reference, or else title, plant and shift."""
    if reference := draft.values["external_ref"]:
        return f"ref:{fold(reference)}"
    plant: Plant = draft.values["plant"]
    return "import:" + _digest(fold(draft.title), str(plant.pk), ",".join(draft.values["shifts"]))[:40]


def known_role(run: Run, identity: str, draft: Draft) -> Role | None:
    roles = Role.objects.filter(organization=run.organization)
    reference = draft.values["external_ref"]
    return (roles.filter(external_ref=reference) if reference else roles.filter(once_key=identity)).first()


def problems_of(found: ValidationError, draft: Draft, row: Row) -> Iterator[ImportProblem]:
    """Turn what the rules refused into problems with row and the file's own heading."""
    said = set()
    by_field = found.error_dict if hasattr(found, "error_dict") else {"": found.error_list}
    for name, errors in by_field.items():
        for error in errors:
            problem = ImportProblem(
                error.code or "invalid", error.message, row=row.line, column=draft.column(name), params=error.params
            )
            if str(problem) not in said:  # lowest and highest pay stand in one column
                said.add(str(problem))
                yield problem


def save_draft(run: Run, row: Row, draft: Draft) -> None:
    """Store one row as a role and, if wanted, publish it; raises ValidationError."""
    identity, source = identity_of(draft), _digest(*row.cells)
    if (first := run.seen.setdefault(identity, row.line)) != row.line:
        message = _("The same role is already in row %(first)s. Give each a reference of its own if they differ.")
        run.report.problems.append(ImportProblem("duplicate_row", message, row=row.line, params={"first": first}))
        return
    role = known_role(run, identity, draft)
    if role is not None and role.source_hash == source:
        run.report.unchanged.append(role.pk)
    else:
        once_key = None if draft.values["external_ref"] else identity
        saved = services.save_role(
            actor=run.actor,
            organization=run.organization,
            values=draft.values,
            skills=list(draft.listed.skills.values()),
            credentials=draft.listed.credentials.values(),
            role=role,
            once_key=once_key,
        )
        Role.objects.filter(pk=saved.pk).update(source_hash=source)
        (run.report.updated if role is not None else run.report.created).append(saved.pk)
        role = saved
        for words in draft.listed.unknown:
            note_unlinked(text=words, lang=draft.language)
    run.report.notes += draft.notes
    if run.publish and role.state == RoleState.DRAFT:
        _publish(run, row, role)


def _publish(run: Run, row: Row, role: Role) -> None:
    """Publish, or leave a draft with the reason noted: the row itself was good."""
    try:
        services.publish_role(role=role)
    except ValidationError as found:
        message = _("Saved as a draft: %(reason)s")
        run.report.notes.append(
            ImportProblem("left_as_draft", message, row=row.line, params={"reason": " ".join(found.messages)})
        )
    else:
        run.report.published += 1


def _take(run: Run, row: Row) -> None:
    run.report.rows += 1
    if row.problem is not None:
        run.report.problems.append(row.problem)
        return
    draft = read_row(run.sheet, row)
    if draft.problems:
        run.report.problems += draft.problems
        return
    try:
        with transaction.atomic():
            save_draft(run, row, draft)
    except ValidationError as found:
        run.report.problems += problems_of(found, draft, row)


def _run_all(run: Run, rows: Iterator[Row]) -> None:
    try:
        for row in rows:
            _take(run, row)
    except ImportProblem as problem:  # the file ends badly: what came before it stands
        run.report.problems.append(problem)


def sheet_for(
    organization: Organization,
    columns: dict[str, int],
    headings: Sequence[str],
    language: str,
    plant: Plant | None = None,
) -> Sheet:
    """Return what is the same for all rows; the only plant of an organization needs no column."""
    plants = list(organization.plants.select_related("zone").order_by("pk"))
    default = plant or (plants[0] if len(plants) == 1 else None)
    return Sheet(columns, headings, plants, default, language)


def import_roles(
    *,
    organization: Organization,
    data: bytes,
    actor: User | None = None,
    plant: Plant | None = None,
    publish: bool = False,
    dry_run: bool = False,
    language: str = "es",
) -> ImportReport:
    """Read ``data`` as a table of vacancies and save its good rows as roles of ``organization``.

    ``plant`` stands for rows that name none; ``language`` decides where a text does not tell its own. With ``dry_run``
    everything is tried and nothing kept. Raises ImportProblem when the file as a whole cannot be used.
    """
    table = read_table(data)
    columns, unknown = map_columns(table.headings)
    if not set(TITLES) & columns.keys():
        message = _("No column holds the title of the role. Name it “Puesto” or “Title”.")
        raise ImportProblem("no_title_column", message)
    sheet = sheet_for(organization, columns, table.headings, language, plant)
    report = ImportReport(unknown_headings=unknown, encoding=table.encoding, delimiter=table.delimiter)
    run = Run(organization, actor, sheet, publish, report)
    if not dry_run:
        _run_all(run, table.rows)
        return report
    with transaction.atomic():
        _run_all(run, table.rows)
        transaction.set_rollback(True)
    return report
