"""What is worth learning: the skills that would open the most roles to somebody, counted exactly as of now."""

from __future__ import annotations

from dataclasses import dataclass

from matching.corpus.technicians import load_technicians
from matching.editions import current_edition, open_roles, workspace_for_page
from matching.engine.advice import skill_gains
from workforce.core.choices import SkillLevel
from workforce.skills.models import Skill
from workforce.technicians.models import Technician

MOST = 10
LEVELS = (SkillLevel.BASIC, SkillLevel.INTERMEDIATE, SkillLevel.ADVANCED)
"""Four needs somebody else's evidence, so nobody is told to say it of themselves."""


@dataclass(frozen=True)
class SkillAdvice:
    """One skill, and what it would open: roles that are not reachable now, and their openings."""

    skill: Skill
    roles: int
    openings: int


@dataclass(frozen=True)
class Advice:
    """``reachable`` roles (with ``openings``) as things are, and the best skills to add, best first."""

    level: SkillLevel
    reachable: int
    openings: int
    skills: tuple[SkillAdvice, ...]


def advice_for(technician: Technician, *, level: SkillLevel = SkillLevel.INTERMEDIATE) -> Advice | None:
    """Return the ``MOST`` skills that would open the most openings if the person had each at ``level``.

    Each skill is looked at by itself, against all roles that are open now. Empty for somebody who is paused. None
    before the first edition, and where its engine is not on this machine: matches are on their way.
    """
    edition = current_edition()
    space = workspace_for_page(edition) if edition is not None else None
    if space is None:
        return None
    people = load_technicians(space.frame, [technician.pk]).arrays
    if not len(people):
        return Advice(level, 0, 0, ())
    gains = skill_gains(people, open_roles(space), space.matrix, level=int(level))
    codes = [space.frame.vocabulary.codes[column] for column in gains.columns[: 2 * MOST].tolist()]
    known = {skill.code: skill for skill in Skill.objects.active().filter(code__in=codes)}
    found = [
        SkillAdvice(known[code], roles, openings)
        for code, roles, openings in zip(codes, gains.roles.tolist(), gains.openings.tolist(), strict=False)
        if code in known
    ]
    return Advice(level, gains.reachable, gains.openings_now, tuple(found[:MOST]))
