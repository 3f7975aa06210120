"""Who somebody is and what they look for."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from workforce.accounts.models import User
from workforce.accounts.services import PersonNames
from workforce.technicians.events import technician_changed
from workforce.technicians.models import Technician
from workforce.technicians.services.consents import note_discoverable
from workforce.technicians.services.editing import editing

PROFILE_FIELDS = (
    "given_names",
    "paternal",
    "maternal",
    "phone",
    "summary_es",
    "summary_en",
    "original_language",
    "zone",
    "own_transport",
    "shifts",
    "english",
    "us_work",
    "available_from",
    "pay_min",
    "pay_currency",
    "discoverable",
)


def create_technician(*, user: User, names: PersonNames) -> Technician:
    """Make the profile of ``user``, or return the one there is: also when two requests ask at once."""
    try:
        with transaction.atomic():
            made = Technician.objects.create(
                user=user,
                given_names=names.given_names,
                paternal=names.paternal,
                maternal=names.maternal,
                original_language=user.language,
            )
            technician_changed.send(sender=Technician, technician_id=made.pk)
    except IntegrityError:
        made = Technician.objects.filter(user=user).first()
        if made is None:
            raise
    technician: Technician = made
    return technician


def save_profile(*, technician_id: int, revision: int | None, values: dict[str, Any]) -> Technician:
    """Save the given fields of a profile (checked by form or serializer); others stay as they are.

    ``values`` may hold any of ``PROFILE_FIELDS``; another name is a programming error (ValueError). Raises
    ``StaleRevision``.
    """
    if unknown := set(values) - set(PROFILE_FIELDS):
        raise ValueError(f"Not fields of a profile: {', '.join(sorted(unknown))}.")
    with editing(technician_id, revision) as technician:
        chose = technician.discoverable != values.get("discoverable", technician.discoverable)
        for name, value in values.items():
            setattr(technician, name, value)
        if chose:
            note_discoverable(technician)
    return technician
