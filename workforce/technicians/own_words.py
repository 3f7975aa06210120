"""The words for skills in profiles that no skill is called, for the queue of staff."""

from __future__ import annotations

from collections.abc import Iterator

from workforce.skills.phrase_sources import Use
from workforce.technicians.models import TechnicianSkill


def words_in_profiles() -> Iterator[Use]:
    """One use for each row in own words, whoever brought it in: the person, an institute's list, a CV."""
    rows = TechnicianSkill.objects.filter(skill=None).order_by("pk").values_list("technician_id", "raw")
    for technician_id, raw in rows.iterator():
        yield Use(raw, f"technician:{technician_id}")
