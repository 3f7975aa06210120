"""What somebody can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput
from workforce.core.text import fold
from workforce.skills.choices import ConceptStatus
from workforce.skills.models import Skill
from workforce.technicians.models import MAX_SKILLS, Technician, TechnicianSkill
from workforce.technicians.services.editing import editing
from workforce.technicians.services.evidence import restore_certificate_evidence

TOO_MANY = _("A profile holds at most 80 skills. Keep those that say most about you.")
UNKNOWN = _("One of the skills is not in our list any more. Choose it again.")


@dataclass(frozen=True)
class SkillEntry:
    """One line of a profile: a known skill, or (``skill_id`` None) the person's own words for one."""

    skill_id: int | None
    level: int
    raw: str = ""


def entries_of(technician: Technician) -> list[SkillEntry]:
    """Return the skills of a profile as they stand."""
    rows = TechnicianSkill.objects.filter(technician=technician).order_by("pk")
    return [SkillEntry(row.skill_id, row.level, row.raw) for row in rows]


def save_skills(*, technician_id: int, revision: int | None, entries: Sequence[SkillEntry]) -> Technician:
    """Make the skills of a profile these and no others; a skill that stays keeps its evidence.

    A skill given twice counts once, with its higher level; a retired one becomes its successor. Raises
    ``StaleRevision`` and ``InvalidInput`` (unknown skill, more than ``MAX_SKILLS``).
    """
    with editing(technician_id, revision) as technician:
        _replace(technician, entries)
    return technician


def add_skill(*, technician_id: int, revision: int | None, entry: SkillEntry) -> Technician:
    """Add one skill, or change its level if it is there. Raises as ``save_skills``."""
    with editing(technician_id, revision) as technician:
        others = [old for old in entries_of(technician) if _key(old) != _key(entry)]
        _replace(technician, [*others, entry])
    return technician


def add_skills(*, technician_id: int, revision: int | None, entries: Sequence[SkillEntry]) -> Technician:
    """Add those skills that the profile has not; what it has keeps its level. Raises as ``save_skills``."""
    with editing(technician_id, revision) as technician:
        have = entries_of(technician)
        known = {_key(entry) for entry in have}
        new = [entry for entry in merged(_follow_successors(list(entries))) if _key(entry) not in known]
        _replace(technician, [*have, *new])
    return technician


def remove_skill(*, technician_id: int, revision: int | None, technician_skill_id: int) -> Technician:
    """Take one skill off a profile. Raises ``StaleRevision`` and ``TechnicianSkill.DoesNotExist``."""
    with editing(technician_id, revision) as technician:
        TechnicianSkill.objects.get(pk=technician_skill_id, technician=technician).delete()
    return technician


def require_room(count: int) -> None:
    """Raise ``InvalidInput`` when a profile would hold too many skills."""
    if count > MAX_SKILLS:
        raise InvalidInput("too_many_skills", TOO_MANY, field="skills")


def _key(entry: SkillEntry) -> tuple[int | None, str]:
    return (entry.skill_id, "" if entry.skill_id else fold(entry.raw))


def _replace(technician: Technician, entries: Iterable[SkillEntry]) -> None:
    wanted = _merge(_follow_successors(list(entries)))
    require_room(len(wanted))
    have = {
        _key(SkillEntry(row.skill_id, row.level, row.raw)): row
        for row in TechnicianSkill.objects.filter(technician=technician).order_by("pk")
    }
    TechnicianSkill.objects.filter(pk__in=[row.pk for key, row in have.items() if key not in wanted]).delete()
    for key, entry in wanted.items():
        row = have.get(key)
        if row is None:
            TechnicianSkill.objects.create(
                technician=technician, skill_id=entry.skill_id, level=entry.level, raw=entry.raw
            )
        elif (row.level, row.raw) != (entry.level, entry.raw or row.raw):
            row.level, row.raw = entry.level, entry.raw or row.raw  # their own words stay with a skill that stays
            row.save(update_fields=("level", "raw", "updated_at"))
    restore_certificate_evidence(technician)


def add_missing(technician: Technician, rows: Iterable[TechnicianSkill], room: int) -> None:
    """Add to a locked profile those of the rows that it has not, up to ``room``; what it has stays as it is."""
    have = {_key(entry) for entry in entries_of(technician)}
    new = [row for row in rows if _key(SkillEntry(row.skill_id, row.level, row.raw)) not in have]
    TechnicianSkill.objects.bulk_create(
        TechnicianSkill(technician=technician, skill_id=row.skill_id, level=row.level, raw=row.raw)
        for row in new[: max(room, 0)]
    )
    restore_certificate_evidence(technician)


def merged(entries: Iterable[SkillEntry]) -> list[SkillEntry]:
    """Return each skill once, with its highest level."""
    return list(_merge(entries).values())


def current_skills(ids: set[int]) -> dict[int, int]:
    """Map each of these skills that there is to the one that stands for it today."""
    known = Skill.objects.filter(pk__in=ids).select_related("successor") if ids else ()
    return {skill.pk: _successor(skill) for skill in known}


def _merge(entries: Iterable[SkillEntry]) -> dict[tuple[int | None, str], SkillEntry]:
    wanted: dict[tuple[int | None, str], SkillEntry] = {}
    for entry in entries:
        known = wanted.get(_key(entry))
        if known is None or entry.level > known.level:
            wanted[_key(entry)] = entry
    return wanted


def _follow_successors(entries: list[SkillEntry]) -> list[SkillEntry]:
    ids = {entry.skill_id for entry in entries if entry.skill_id is not None}
    known = current_skills(ids)
    if ids - known.keys():
        raise InvalidInput("unknown_skill", UNKNOWN, field="skills")
    return [SkillEntry(known[entry.skill_id], entry.level, entry.raw) if entry.skill_id else entry for entry in entries]


def _successor(skill: Skill) -> int:
    """The skill that stands for this one today; a retired one without successor stays what it is."""
    if skill.status == ConceptStatus.RETIRED and skill.successor is not None:
        return skill.successor.pk
    return skill.pk
