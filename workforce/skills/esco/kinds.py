"""The two kinds of concepts that ESCO and our own taxonomy share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workforce.skills.choices import ConceptSource
from workforce.skills.events import occupation_retired, skill_retired
from workforce.skills.models import (
    Occupation,
    OccupationAlias,
    OccupationLink,
    Skill,
    SkillAlias,
    SkillLink,
)

ESCO = ConceptSource.ESCO.value


@dataclass(frozen=True)
class Kind:
    """How a kind of concept is stored; ``retired`` tells that one is no longer in use."""

    name: str
    model: Any
    alias: Any
    link: Any
    owner: str
    label: str
    titles: bool
    retired: Any

    def tell_retired(self, pk: int, successor_id: int | None) -> None:
        """Tell who holds the concept that it is no longer used, and what to hold instead."""
        self.retired.send(sender=self.model, **{f"{self.owner}_id": pk}, successor_id=successor_id)


SKILLS = Kind("skills", Skill, SkillAlias, SkillLink, "skill", "label", titles=False, retired=skill_retired)
OCCUPATIONS = Kind(
    "occupations",
    Occupation,
    OccupationAlias,
    OccupationLink,
    "occupation",
    "title",
    titles=True,
    retired=occupation_retired,
)
