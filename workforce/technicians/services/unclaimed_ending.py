"""How somebody who was registered without an account is taken away again: by those who registered them, or by time."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.core.errors import NotAllowed
from workforce.core.personal import declarations
from workforce.technicians import access
from workforce.technicians.models import Intake, Technician, TechnicianSkill

CHUNK = 500


@transaction.atomic
def remove_unclaimed(*, actor: User, organization: Organization, intake_ids: Collection[int]) -> int:
    """Take people off the organization's list and erase what is held of them; return how many there were.

    Those who have taken over their profile meanwhile keep it: it is not the organization's any more. Raises
    ``NotAllowed``.
    """
    if not access.can_keep_people(actor, organization):
        raise NotAllowed("not_yours", _("You may not keep the people of this organization."))
    found = Intake.objects.open().filter(organization=organization, pk__in=intake_ids)
    return _take_away(list(found.select_for_update().order_by("pk")))


def erase_overdue() -> int:
    """Erase those whom nobody claimed in time; return how many. It may run twice, and at the same time."""
    count = 0
    while True:
        with transaction.atomic():
            found = Intake.objects.overdue().select_for_update(skip_locked=True).order_by("pk")
            if not (rows := list(found[:CHUNK])):
                return count
            count += _take_away(rows)


def _take_away(intakes: list[Intake]) -> int:
    """Delete these locked intakes and the profiles that they speak of."""
    Intake.objects.filter(pk__in=[intake.pk for intake in intakes]).delete()
    erase_profiles([intake.technician_id for intake in intakes if intake.technician_id is not None])
    return len(intakes)


def erase_profiles(technician_ids: Collection[int]) -> None:
    """Erase profiles that never had an account. What others recorded of one (an enrolment) stays, nameless."""
    people = Technician.objects.filter(pk__in=technician_ids, user__isnull=True)
    kept = recorded_elsewhere(technician_ids)
    TechnicianSkill.objects.filter(technician__in=people.filter(pk__in=kept)).delete()
    for person in people.filter(pk__in=kept):
        blank(person)
    people.exclude(pk__in=kept).delete()


def recorded_elsewhere(technician_ids: Collection[int]) -> set[int]:
    """Those of whom there are rows that neither registering nor claiming made."""
    found: set[int] = set()
    for relation in Technician._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model in (Intake, TechnicianSkill) or not isinstance(field, ForeignKey):
            continue
        rows = model._base_manager.filter(**{f"{field.name}__in": technician_ids})
        found |= set(rows.values_list(field.attname, flat=True))
    return found


def blank(person: Technician) -> None:
    """Empty a profile as the registry of personal data says."""
    change = next(one.change for one in declarations() if one.label == "technicians.Technician")
    for name, value in (change or {}).items():
        setattr(person, name, value(person) if callable(value) else value)
    person.save()
