"""Registering people who have no account: one by one, or as a batch of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.members import lock_organization
from workforce.accounts.models import Organization, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.places.models import Zone
from workforce.technicians import access
from workforce.technicians.choices import IntakeState
from workforce.technicians.models import Intake, Technician, TechnicianSkill
from workforce.technicians.services.skills import SkillEntry, current_skills, merged
from workforce.technicians.services.unclaimed_rows import (
    Outcome,
    RowResult,
    UnclaimedRow,
    external_key,
    faults_of,
    tidy,
)

ON_NO_LIST = _("You registered this person before, and they are not on your list any more.")


def register_unclaimed(*, actor: User, organization: Organization, given_names: str, **values: Any) -> Intake:
    """Register one person; ``values`` are those of ``UnclaimedRow``. Idempotent on external number and ``once_key``.

    Raises ``InvalidInput`` with what is wrong by field; ``Conflict`` for an organization that is not verified, and for
    a person who has taken over or refused what was held; ``NotAllowed``.
    """
    row = UnclaimedRow(given_names=given_names, **values)
    (result,) = register_unclaimed_batch(actor=actor, organization=organization, rows=[row])
    if result.errors:
        raise InvalidInput("person_invalid", next(iter(result.errors.values())), errors=result.errors)
    if result.intake_id is None:
        raise Conflict("person_closed", ON_NO_LIST)
    found: Intake = Intake.objects.select_related("technician", "organization").get(pk=result.intake_id)
    return found


@transaction.atomic
def register_unclaimed_batch(
    *, actor: User, organization: Organization, rows: Sequence[UnclaimedRow]
) -> list[RowResult]:
    """Register many people, with as many queries for a thousand as for one; return what became of each row, in order.

    A row that is wrong stops no other one. A row whose external number the organization registered before changes
    nothing. Whether an address or a phone has an account is never looked at. Raises ``NotAllowed`` and ``Conflict`` as
    ``register_unclaimed``.
    """
    organization = lock_organization(organization.pk)  # two lists of one organization wait for each other
    if not access.can_keep_people(actor, organization):
        raise NotAllowed("not_yours", _("You may not keep the people of this organization."))
    if not organization.is_verified:
        raise Conflict("not_verified", _("People can be registered once our staff have verified your organization."))
    wanted = [tidy(row) for row in rows]
    skills = current_skills({entry.skill_id for row in wanted for entry in row.skills if entry.skill_id is not None})
    zones = _zones(wanted)
    keys = [external_key(organization.pk, row) for row in wanted]
    known = _known(organization, wanted, keys)
    results: list[RowResult | None] = []
    new: dict[int, UnclaimedRow] = {}
    first: dict[str, int] = {}  # key -> the row of this batch that makes it
    repeated: dict[int, int] = {}
    for number, (row, key) in enumerate(zip(wanted, keys, strict=True)):
        results.append(None)
        if faults := faults_of(row, skills=skills, zones=zones):
            results[number] = RowResult(Outcome.INVALID, errors=faults)
        elif (there := known.get(key or "") or known.get(row.external_id)) is not None:
            results[number] = _of_known(there)
        elif key is not None and key in first:
            repeated[number] = first[key]
        else:
            new[number] = row
            if key is not None:
                first[key] = number
    made = _make(actor, organization, list(new.values()), [keys[number] for number in new], skills) if new else []
    for number, intake in zip(new, made, strict=True):
        results[number] = RowResult(Outcome.MADE, intake.pk, intake.technician_id)
    for number, earlier in repeated.items():
        results[number] = replace(cast(RowResult, results[earlier]), outcome=Outcome.KNOWN)
    return [result for result in results if result is not None]


def _zones(rows: Iterable[UnclaimedRow]) -> set[int]:
    wanted = {row.zone_id for row in rows if row.zone_id is not None}
    return set(Zone.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _known(organization: Organization, rows: Sequence[UnclaimedRow], keys: Sequence[str | None]) -> dict[str, Intake]:
    """What the organization registered before, by key and by external number (should our secret key have changed)."""
    numbers = {row.external_id for row in rows if row.external_id}
    given = {key for key in keys if key is not None}
    if not given:
        return {}
    found = Intake.objects.filter(organization=organization).filter(
        Q(external_key__in=given) | Q(external_id__in=numbers)
    )
    known: dict[str, Intake] = {}
    for intake in found:
        known |= {name: intake for name in (intake.external_key, intake.external_id) if name}
    return known


def _of_known(intake: Intake) -> RowResult:
    if intake.state != IntakeState.OPEN:
        return RowResult(Outcome.CLOSED)
    return RowResult(Outcome.KNOWN, intake.pk, intake.technician_id)


def _make(
    actor: User,
    organization: Organization,
    rows: Sequence[UnclaimedRow],
    keys: Sequence[str | None],
    skills: dict[int, int],
) -> list[Intake]:
    now = timezone.now()
    people = Technician.objects.bulk_create(
        Technician(
            given_names=row.given_names,
            paternal=row.paternal,
            maternal=row.maternal,
            original_language=row.language,
            zone_id=row.zone_id,
            discoverable=False,
        )
        for row in rows
    )
    intakes: list[Intake] = Intake.objects.bulk_create(
        Intake(
            organization=organization,
            technician=person,
            source=row.source,
            external_id=row.external_id,
            external_key=key,
            email=row.email,
            phone=row.phone,
            registered_by=actor,
            letter_due_at=now if row.send_link and row.email else None,
            erase_at=now + timedelta(days=settings.PEOPLE_UNCLAIMED_DAYS),
        )
        for row, person, key in zip(rows, people, keys, strict=True)
    )
    TechnicianSkill.objects.bulk_create(
        TechnicianSkill(technician=person, skill_id=entry.skill_id, level=entry.level, raw=entry.raw)
        for row, person in zip(rows, people, strict=True)
        for entry in _entries(row, skills)
    )
    return intakes


def _entries(row: UnclaimedRow, skills: dict[int, int]) -> list[SkillEntry]:
    """The skills of a row: each once, a retired one as its successor."""
    return merged(
        replace(entry, skill_id=skills[entry.skill_id]) if entry.skill_id is not None else entry for entry in row.skills
    )
