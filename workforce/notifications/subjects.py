"""What notifications are about, and what a reader may see of it when they read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workforce.accounts.models import Organization, User
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application
from workforce.notifications.registry import Subject
from workforce.technicians.models import Technician
from workforce.training.models import Enrolment


@dataclass(frozen=True)
class SeenApplication:
    """An application as somebody on one side of it sees it."""

    row: Application
    name_is_known: bool


def _applications(reader: User, ids: Iterable[int]) -> dict[int, SeenApplication]:
    """Applications on either side of which the reader stands, each with whether they may know the name."""
    found = list(
        Application.objects.visible_to(reader).filter(pk__in=ids).select_related("role__organization", "technician")
    )
    people = {row.technician_id for row in found}
    named = set(Technician.objects.contact_visible_to(reader).filter(pk__in=people).values_list("pk", flat=True))
    return {
        row.pk: SeenApplication(
            row,
            row.technician.user_id == reader.pk
            # Who withdrew is blind again, also where another grant to the organization is in force.
            or (row.technician_id in named and row.state != ApplicationState.WITHDRAWN),
        )
        for row in found
    }


def _application_texts(seen: SeenApplication, outside: bool) -> dict[str, str]:
    person, role = seen.row.technician, seen.row.role
    return {
        "role": role.title or "",
        "organization": role.organization.name,
        "person": person.full_name if seen.name_is_known and not outside else person.blind_name,
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


APPLICATION = Subject("application", _applications, _application_texts)
ORGANIZATION = Subject("organization", _organizations, _organization_texts)
ENROLMENT = Subject("enrolment", _enrolments, _enrolment_texts)
