"""What may be said of a person who is registered without an account, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language, SkillLevel
from workforce.core.errors import Text
from workforce.technicians.choices import IntakeSource
from workforce.technicians.models import MAX_SKILLS
from workforce.technicians.services.skills import TOO_MANY, UNKNOWN, SkillEntry
from workforce.technicians.validators import clean_phone

# As long as their columns are.
TEXTS = {"given_names": 80, "paternal": 60, "maternal": 60, "external_id": 80, "email": 254, "phone": 20}
NAME_MISSING = _("Write at least one name.")
TOO_LONG = _("This is longer than {most} characters.")
UNKNOWN_CHOICE = _("This is not one of the choices.")


@dataclass(frozen=True, kw_only=True)
class UnclaimedRow:
    """One person: as a line of a list says, or as a member typed it. ``send_link`` asks for a letter to ``email``."""

    given_names: str
    paternal: str = ""
    maternal: str = ""
    external_id: str = ""
    source: str = IntakeSource.IMPORTED
    email: str = ""
    phone: str = ""
    language: str = Language.SPANISH
    zone_id: int | None = None
    skills: tuple[SkillEntry, ...] = ()
    send_link: bool = False
    once_key: str = ""


class Outcome(StrEnum):
    """What became of a row."""

    MADE = "made"
    KNOWN = "known"  # the organization has this external number on its list already; nothing was changed
    CLOSED = "closed"  # it had once; the person has taken over or refused what was held, so that it is not made again
    INVALID = "invalid"


@dataclass(frozen=True)
class RowResult:
    """What became of one row; ``errors`` by name of field, in whatever language is active when they are shown."""

    outcome: Outcome
    intake_id: int | None = None
    technician_id: int | None = None
    errors: dict[str, Text] | None = None


def external_key(organization_id: int, row: UnclaimedRow) -> str | None:
    """What two registrations of one person have in common; it tells nobody without our secret key who it is."""
    if row.external_id:
        value = f"{organization_id}:id:{row.external_id}"
    elif row.once_key:
        value = f"{organization_id}:once:{row.once_key}"
    else:
        return None
    return salted_hmac("puente.intake", value, algorithm="sha256").hexdigest()


def tidy(row: UnclaimedRow) -> UnclaimedRow:
    """Return the row with stray spaces and characters that nobody sees taken out."""
    values: dict[str, Any] = {name: _tidy_text(getattr(row, name)) for name in TEXTS}
    values["email"] = values["email"].lower()
    return UnclaimedRow(**{**vars(row), **values, "skills": tuple(row.skills)})


def _tidy_text(text: str) -> str:
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def faults_of(row: UnclaimedRow, *, skills: Collection[int], zones: Collection[int]) -> dict[str, Text]:
    """Return what is wrong with a tidy row, by field; ``skills`` and ``zones`` are those that there are."""
    faults: dict[str, Text] = {}
    if not row.given_names:
        faults["given_names"] = NAME_MISSING
    for name, most in TEXTS.items():
        if len(getattr(row, name)) > most:
            faults[name] = format_lazy(TOO_LONG, most=most)
    for name, check in (("email", validate_email), ("phone", clean_phone)):
        if name not in faults and getattr(row, name):
            try:
                check(getattr(row, name))
            except ValidationError as error:
                faults[name] = error.message
    choices = {"source": IntakeSource.values, "language": Language.values}
    faults |= {name: UNKNOWN_CHOICE for name, known in choices.items() if getattr(row, name) not in known}
    if row.zone_id is not None and row.zone_id not in zones:
        faults["zone"] = UNKNOWN_CHOICE
    return faults | _faults_of_skills(row, skills)


def _faults_of_skills(row: UnclaimedRow, known: Collection[int]) -> dict[str, Text]:
    if len(row.skills) > MAX_SKILLS:
        return {"skills": TOO_MANY}
    for entry in row.skills:
        if entry.level not in SkillLevel.values or (entry.skill_id is None and not entry.raw.strip()):
            return {"skills": UNKNOWN_CHOICE}
        if entry.skill_id is not None and entry.skill_id not in known:
            return {"skills": UNKNOWN}
    return {}
