"""Skills that an occupation calls for, offered to whoever writes a role."""

from __future__ import annotations

from django.http import QueryDict

from workforce.core.choices import SkillLevel
from workforce.employers.rules import MAX_SKILLS
from workforce.skills.choices import ConceptStatus
from workforce.skills.models import Occupation, OccupationSkill
from workforce.skills.search import link_occupation

MAX_SUGGESTED = 12


def skills_of(
    occupation: Occupation, *, essential_only: bool = False, limit: int | None = MAX_SUGGESTED
) -> list[OccupationSkill]:
    """Return the occupation's skills that may be chosen today, the essential ones first, at most ``limit``."""
    rows = occupation.occupation_skills.filter(skill__status=ConceptStatus.ACTIVE).select_related("skill")
    if essential_only:
        rows = rows.filter(essential=True)
    return list(rows.order_by("-essential", "skill__code")[:limit])


def with_suggested_skills(posted: QueryDict) -> QueryDict:
    """Return the posted role form with the skills of its occupation added, to be shown again and not saved."""
    data = posted.copy()
    data["add-skill"] = "suggested"  # tells the picker that this is not yet the final form
    linked = link_occupation(posted.get("occupation", ""))
    chosen = data.getlist("skill")
    for row in skills_of(linked.occupation) if linked else []:
        if row.skill.code not in chosen and len(chosen) < MAX_SKILLS:
            data.appendlist("skill", row.skill.code)
            data[f"level-{row.skill.code}"] = str(row.level or SkillLevel.INTERMEDIATE)
    return data
