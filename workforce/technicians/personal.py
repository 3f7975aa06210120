"""What is personal in profiles: nearly everything. An erased profile stays as an empty row that history points to."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet

from workforce.core.personal import FIRST, LATE, Person, declare, plain, trace
from workforce.core.text import fold
from workforce.technicians.choices import TechnicianState, UsWork

BLANK_TEXTS = ("given_names", "paternal", "maternal", "phone", "summary", "english")


def phrases_of(person: Person) -> QuerySet[Any]:
    """Words that led to no skill and that only this person used: they may say who it is."""
    everybody = plain("technicians.TechnicianSkill").exclude(raw="")
    own = set(everybody.filter(technician_id=person.technician_id).values_list("raw", flat=True))
    shared = set(
        everybody.filter(raw__in=own).exclude(technician_id=person.technician_id).values_list("raw", flat=True)
    )
    return plain("skills.UnlinkedPhrase").filter(norm__in=[fold(raw)[:250] for raw in own - shared])


declare("skills.UnlinkedPhrase", rows=phrases_of, order=FIRST, hidden={"not the person's alone": "count"})
declare("technicians.SkillEvidence", technician="technician_skill__technician", order=FIRST)
declare("technicians.TechnicianSkill", technician="technician")
declare("technicians.Certificate", technician="technician")
declare("technicians.Experience", technician="technician")
declare("technicians.Grant", technician="technician")
trace("technicians.Certificate", "verified_by", "who of staff has checked the paper")
declare(
    "technicians.Technician",
    user="user",
    technician="pk",
    order=LATE,
    change={
        **dict.fromkeys(BLANK_TEXTS, ""),
        **dict.fromkeys(("user", "summary_es", "summary_en", "zone", "available_from", "pay_min")),
        "ref": lambda row: uuid.uuid4(),
        "shifts": list,
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
