"""The skills that running text asks for: what was extracted, as the needs of a role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workforce.core.choices import SkillLevel
from workforce.employers.suggesting import skills_of
from workforce.skills.extracting import Mention, extract
from workforce.skills.models import Occupation, Skill
from workforce.skills.picking import skills_by_code


@dataclass(frozen=True)
class ReadSkill:
    """A skill that a text names; ``level_said`` tells whether the text says the level or we chose it."""

    skill: Skill
    level: int
    must: bool
    words: str
    level_said: bool = False
    needed: bool = True


def read_needs(text: str, title: str, occupation: Occupation | None) -> list[ReadSkill]:
    """Return the skills that a description (under its ``title``) asks for; those it denies are left out."""
    rows = needs_of(extract(f"{title}\n\n{text}"), occupation)
    return [row for row in rows if row.needed]


def needs_of(mentions: Iterable[Mention], occupation: Occupation | None) -> list[ReadSkill]:
    """Return each skill named once: a must if any mention is one, not needed where every mention denies it.

    The level is that of the text, or what its years of experience come to, or what the occupation calls for.
    """
    by_code: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.kind == "skill":
            by_code.setdefault(one.code, []).append(one)
    skills = skills_by_code(list(by_code))
    usual = {row.skill_id: row.level for row in skills_of(occupation, limit=None)} if occupation else {}
    rows = []
    for code, found in by_code.items():
        if code not in skills:
            continue
        asked = [one for one in found if not one.negated]
        said = next((one.level for one in asked if one.level), None) or _level_of_years(asked)
        level = said or usual.get(skills[code].pk, int(SkillLevel.INTERMEDIATE))
        must = any(one.must for one in asked)
        words = max(asked or found, key=_says).sentence
        rows.append(ReadSkill(skills[code], level, must, words, said is not None, bool(asked)))
    return rows


def _says(one: Mention) -> tuple[bool, bool]:
    """How much a mention says: of several, the one to be shown."""
    return one.level is not None or one.years is not None, one.must is True


def _level_of_years(mentions: Sequence[Mention]) -> int | None:
    """Five years make advanced, two intermediate, as in imported files."""
    years = max((one.years for one in mentions if one.years), default=None)
    if years is None:
        return None
    return int(SkillLevel.ADVANCED if years >= 5 else SkillLevel.INTERMEDIATE if years >= 2 else SkillLevel.BASIC)
