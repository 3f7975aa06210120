"""From what was posted (or sent to the API, or read from a file) to skills with level, must and weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import SkillLevel
from workforce.core.text import fold
from workforce.skills.choices import ConceptStatus
from workforce.skills.models import Skill

MAX_ROWS = 80  # against stuffing; see docs/matching.md
MAX_WEIGHT = 10
MAX_RAW = 250
MAX_HOPS = 10  # successors of successors


@dataclass(frozen=True)
class RawRow:
    """One skill as it came in, nothing checked: ``code`` names a skill, or ``raw`` holds unknown words."""

    code: str = ""
    level: Any = None
    must: bool = False
    weight: Any = None
    raw: str = ""


@dataclass(frozen=True)
class SkillRow:
    """One checked skill; ``skill`` is None only for words that were kept as they are (``raw``)."""

    skill: Skill | None
    level: int = SkillLevel.INTERMEDIATE
    must: bool = False
    weight: int | None = None
    raw: str = ""


@dataclass
class _Faults:
    """Collects what is wrong, so that the reader is told everything at once."""

    errors: list[ValidationError] = field(default_factory=list)

    def add(self, code: str, message: Any, /, **params: Any) -> None:
        self.errors.append(ValidationError(message, code=code, params=params))


def clean_rows(rows: Iterable[RawRow], *, keep_unknown: bool = False, limit: int = MAX_ROWS) -> list[SkillRow]:
    """Check ``rows`` and return them as skills, in the order given.

    A retired skill is replaced by its successor where it has one. Raises ValidationError with every fault: unknown or
    retired code, level outside 1-4, weight outside 1-10, the same skill twice, more than ``limit`` rows, and words
    without a skill unless ``keep_unknown``.
    """
    given = list(rows)
    faults = _Faults()
    if len(given) > limit:
        faults.add(
            "too-many-skills",
            _("At most %(limit)s skills, please: there are %(count)s."),
            limit=limit,
            count=len(given),
        )
        raise ValidationError(faults.errors)
    found = skills_by_code([row.code for row in given if row.code])
    cleaned: list[SkillRow] = []
    seen: set[int | str] = set()
    for row in given:
        checked = _clean_row(row, found, faults, keep_unknown=keep_unknown)
        if checked is None:
            continue
        key = checked.skill.pk if checked.skill else fold(checked.raw)
        if key in seen:
            name = checked.skill.label if checked.skill else checked.raw
            faults.add("duplicate-skill", _("“%(skill)s” is there twice."), skill=name)
        seen.add(key)
        cleaned.append(checked)
    if faults.errors:
        raise ValidationError(faults.errors)
    return cleaned


def _clean_row(row: RawRow, found: dict[str, Skill], faults: _Faults, *, keep_unknown: bool) -> SkillRow | None:
    """Check one row; None, with the fault noted, when it names no skill."""
    skill = found.get(row.code) if row.code else None
    name = skill.label if skill else (row.raw or row.code)
    level = _whole(row.level, SkillLevel.INTERMEDIATE)
    if level is None or level not in SkillLevel.values:
        faults.add("level-out-of-range", _("The level of “%(skill)s” must be a whole number from 1 to 4."), skill=name)
        level = int(SkillLevel.INTERMEDIATE)
    weight = _whole(row.weight, None)
    if row.weight not in (None, "") and (weight is None or not 1 <= weight <= MAX_WEIGHT):
        faults.add(
            "weight-out-of-range", _("The weight of “%(skill)s” must be a whole number from 1 to 10."), skill=name
        )
        weight = None
    if row.code:
        if skill is None:
            faults.add("unknown-skill", _("There is no skill with the code “%(code)s”."), code=row.code[:80])
            return None
        if skill.status != ConceptStatus.ACTIVE:
            faults.add("retired-skill", _("The skill “%(skill)s” is no longer used."), skill=name)
            return None
        return SkillRow(skill, level, bool(row.must), weight)
    words = row.raw.replace("\x00", " ").strip()[:MAX_RAW]
    if not words:
        return None
    if not keep_unknown:
        faults.add("unlinked-words", _("We do not know the skill “%(words)s”. Choose one from the list."), words=words)
        return None
    return SkillRow(None, level, bool(row.must), weight, words)


def _whole(value: Any, default: int | None) -> int | None:
    """Read a whole number; ``default`` when nothing was said, None when it is no whole number."""
    if value is None or value == "":
        return None if default is None else int(default)
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        return None
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def skills_by_code(codes: Sequence[str]) -> dict[str, Skill]:
    """Load the skills of ``codes`` in one query (one more for each step of retired ones to their successors)."""
    clean = {code for code in codes if "\x00" not in code}
    found: dict[str, Skill] = {skill.code: skill for skill in Skill.objects.filter(code__in=clean)}
    for _hop in range(MAX_HOPS):
        retired = {s.successor_id for s in found.values() if s.status != ConceptStatus.ACTIVE and s.successor_id}
        if not retired:
            break
        heirs = Skill.objects.in_bulk(retired)
        found = {
            code: heirs.get(skill.successor_id, skill) if skill.status != ConceptStatus.ACTIVE else skill
            for code, skill in found.items()
        }
    return found
