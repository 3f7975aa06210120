"""What is personal in profiles: nearly everything. An erased profile stays as an empty row that history points to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from workforce.core.personal import FIRST, LATE, Person, also, declare, plain, trace
from workforce.core.text import fold
from workforce.imports.choices import JobState
from workforce.technicians.choices import IntakeState, TechnicianState, UsWork
from workforce.technicians.events import technician_changed
from workforce.technicians.models import Technician
from workforce.technicians.people_waiting import lists_that_name

A_LIST = (
    "ref organization user kind original_name sha256 language headings mapping options total done counts "
    "checked_counts failure attempts created_at updated_at"
)
BLANK_TEXTS = ("given_names", "paternal", "maternal", "phone", "summary", "english")


def phrases_of(person: Person) -> QuerySet[Any]:
    """Words that led to no skill and that only this person used: they may say who it is."""
    everybody = plain("technicians.TechnicianSkill").exclude(raw="")
    own = set(everybody.filter(technician_id=person.technician_id).values_list("raw", flat=True))
    shared = set(
        everybody.filter(raw__in=own).exclude(technician_id=person.technician_id).values_list("raw", flat=True)
    )
    return plain("skills.UnlinkedPhrase").filter(norm__in=[fold(raw)[:250] for raw in own - shared])


def registered_by_address(person: Person) -> Iterable[int]:
    """Profiles that an organization registered under the address of the account, and that nobody has taken over."""
    email = plain("accounts.User").filter(pk=person.user_id).values_list("email", flat=True).first()
    if not email:
        return ()
    held = plain("technicians.Intake").filter(email__iexact=email, state=IntakeState.OPEN, technician__user=None)
    return set(held.values_list("technician_id", flat=True))


def tell(keys: list[Any]) -> None:
    """Whoever keeps lists takes the person out of them."""
    for key in keys:
        technician_changed.send(sender=Technician, technician_id=key)


also(registered_by_address)
declare(
    "skills.UnlinkedPhrase",
    rows=phrases_of,
    order=FIRST,
    hidden={"not the person's alone": "count people state resolved_to decided_by decided_at"},
)
declare(
    "imports.ImportJob",
    rows=lists_that_name,
    order=FIRST,
    change={
        "file": "",
        "samples": lambda row: [],
        "state": JobState.CANCELLED,
        "finished_at": lambda row: timezone.now(),
        "revision": lambda row: row.revision + 1,
    },
    keep=(a_list := {"of an organization, and of all who are in it": A_LIST}),
    hidden=a_list | {"the same": "file samples state finished_at revision"},
)
declare("technicians.SkillEvidence", technician="technician_skill__technician", order=FIRST)
declare("technicians.TechnicianSkill", technician="technician")
declare("technicians.Certificate", technician="technician")
declare("technicians.Experience", technician="technician")
declare("technicians.Study", technician="technician")
declare("technicians.CvFinding", technician="reading__technician", order=FIRST)
declare("technicians.CvReading", technician="technician")
declare("technicians.Grant", technician="technician")
declare("technicians.Consent", user="user", technician="technician")
declare("technicians.AccessLog", technician="technician", hidden={"another person's": "actor"})
trace("technicians.AccessLog", "actor", "who looked, as their work; the organization stays")
trace("technicians.Certificate", "verified_by", "who of staff has checked the paper")
declare(
    "technicians.Intake",
    technician="technician",
    order=FIRST,
    change={
        **dict.fromkeys(("external_id", "email", "phone"), ""),
        **dict.fromkeys(("technician", "claim_hash", "claim_expires_at", "letter_due_at", "letter_sent_at")),
        "state": lambda row: IntakeState.CLAIMED if row.state == IntakeState.CLAIMED else IntakeState.REFUSED,
        "letters": 0,
    },
    keep={
        "a keyed hash, so that the same list is not taken again": "external_key",
        "that an organization registered somebody, and when": "organization source registered_by claim_round",
        "when the row was made, and by when it had to be closed": "created_at updated_at erase_at closed_at",
    },
    hidden={"a secret": "claim_hash claim_round external_key"},
)
trace("technicians.Intake", "registered_by", "who registered somebody, as their work")
declare(
    "technicians.Technician",
    user="user",
    technician="pk",
    order=LATE,
    after=tell,
    change={
        **dict.fromkeys(BLANK_TEXTS, ""),
        **dict.fromkeys(("user", "summary_es", "summary_en", "zone", "available_from", "pay_min")),
        "ref": lambda row: uuid.uuid4(),
        "shifts": lambda row: [],
        "own_transport": False,
        "us_work": UsWork.UNSTATED,
        "discoverable": False,
        "state": TechnicianState.ERASED,
    },
    keep={
        "the same for many, and tells nobody apart": "original_language pay_currency",
        "counts edits, and when the row was made": "revision created_at updated_at",
    },
)
