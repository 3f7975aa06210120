"""What notifications are about, and what a reader may see of it when they read."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from workforce.accounts.models import Organization, User
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.hiring.services import note_named
from workforce.notifications.registry import Subject
from workforce.technicians.choices import AccessKind
from workforce.training.models import Enrolment


def _applications(reader: User, ids: Iterable[int]) -> dict[int, Application]:
    """Applications on either side of which the reader stands, each with whether the employer may know the name."""
    found = Application.objects.visible_to(reader).with_named().filter(pk__in=ids)
    return {row.pk: row for row in found.select_related("role__organization", "technician")}


def _application_texts(row: Application, outside: bool) -> dict[str, str]:
    person, role = row.technician, row.role
    return {
        "role": role.title or "",
        "organization": role.organization.name,
        "person": person.full_name if row.is_named and not outside else person.blind_name,
        "expire_days": str(settings.HIRING_EXPIRE_DAYS),
    }


def _note_applicants(reader: User, rows: Iterable[Application]) -> None:
    """Keep whom a member read of by name."""
    note_named(actor=reader, applications=rows, kind=AccessKind.NAME)


def _roles(reader: User, ids: Iterable[int]) -> dict[int, Role]:
    """Roles of organizations to which the reader belongs, still."""
    rows = Role.objects.filter(organization__in=Organization.objects.of_member(reader).verified(), pk__in=ids)
    return {row.pk: row for row in rows.select_related("organization")}


def _role_texts(row: Role, outside: bool) -> dict[str, str]:
    return {
        "role": row.title or "",
        "organization": row.organization.name,
        "remind_days": str(settings.HIRING_REMIND_DAYS),
        "last_days": str(settings.HIRING_LAST_REMINDER_DAYS),
        "expire_days": str(settings.HIRING_EXPIRE_DAYS),
    }


def _organizations(reader: User, ids: Iterable[int]) -> dict[int, Organization]:
    """Those that the reader belongs to, still."""
    rows: dict[int, Organization] = Organization.objects.of_member(reader).in_bulk(list(ids))
    return rows


def _organization_texts(row: Organization, outside: bool) -> dict[str, str]:
    return {"organization": row.name}


def _enrolments(reader: User, ids: Iterable[int]) -> dict[int, Enrolment]:
    """The reader's own places in cohorts."""
    rows = Enrolment.objects.filter(technician__user_id=reader.pk, pk__in=ids)
    return {row.pk: row for row in rows.select_related("cohort__programme__organization")}


def _enrolment_texts(row: Enrolment, outside: bool) -> dict[str, str]:
    programme = row.cohort.programme
    return {"programme": programme.name, "organization": programme.organization.name}


def _accounts(reader: User, ids: Iterable[int]) -> dict[int, User]:
    """The reader's own account, and no other."""
    return {reader.pk: reader} if reader.pk in set(ids) else {}


def _account_texts(row: User, outside: bool) -> dict[str, str]:
    return {}


APPLICATION = Subject("application", _applications, _application_texts, _note_applicants)
ROLE = Subject("role", _roles, _role_texts)
ORGANIZATION = Subject("organization", _organizations, _organization_texts)
ENROLMENT = Subject("enrolment", _enrolments, _enrolment_texts)
ACCOUNT = Subject("account", _accounts, _account_texts)
