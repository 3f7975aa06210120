"""What is worth learning: the skills that would open the most roles to somebody, counted exactly as of now."""

from __future__ import annotations

from dataclasses import dataclass

from matching.corpus.technicians import load_technicians
from matching.editions import Edition, open_roles, workspace
from matching.engine.advice import skill_gains
from workforce.core.choices import SkillLevel
from workforce.skills.models import Skill
from workforce.technicians.models import Technician

MOST = 10
PAGES_MAX_AGE = 60.0  # seconds for which a page may miss a new skill, zone or relation
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


def advice_for(
    edition: Edition, technician: Technician, *, level: SkillLevel = SkillLevel.INTERMEDIATE, most: int = MOST
) -> Advice:
    """Return the ``most`` skills that would open the most openings if the person had each at ``level``.

    Each skill is looked at by itself, against all roles that are open now. Empty for somebody who is paused. Raises
    ArtefactError where the engine of the edition is not on this machine.
    """
    space = workspace(edition.version, max_age=PAGES_MAX_AGE)
    people = load_technicians(space.frame, [technician.pk]).arrays
    if not len(people):
        return Advice(level, 0, 0, ())
    gains = skill_gains(people, open_roles(space), space.matrix, level=int(level))
    codes = [space.frame.vocabulary.codes[column] for column in gains.columns[: 2 * most].tolist()]
    known = {skill.code: skill for skill in Skill.objects.active().filter(code__in=codes)}
    found = [
        SkillAdvice(known[code], roles, openings)
        for code, roles, openings in zip(codes, gains.roles.tolist(), gains.openings.tolist(), strict=False)
        if code in known
    ]
    return Advice(level, gains.reachable, gains.openings_now, tuple(found[:most]))
