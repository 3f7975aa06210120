"""People's own words for a skill, linked when the taxonomy has learnt them; the words stay."""

from __future__ import annotations

from collections import defaultdict

from workforce.core.text import fold
from workforce.skills.phrases import skills_called
from workforce.technicians.models import SkillEvidence, Technician, TechnicianSkill
from workforce.technicians.services.editing import editing
from workforce.technicians.services.evidence import restore_certificate_evidence


def relink_own_words() -> int:
    """Give each row in own words the skill that is called so today; return how many rows changed.

    Each person in a transaction of their own: killed anywhere, the next run goes on from there.
    """
    rows = TechnicianSkill.objects.filter(skill=None).order_by("pk").values_list("technician_id", "raw")
    own: dict[int, set[str]] = defaultdict(set)
    for technician_id, raw in rows.iterator():
        own[technician_id].add(fold(raw)[:250])
    meant = skills_called(norm for norms in own.values() for norm in norms)
    people = [technician_id for technician_id, norms in own.items() if norms & meant.keys()]
    return sum(_relink(technician_id, meant) for technician_id in people)


def _relink(technician_id: int, meant: dict[str, int]) -> int:
    try:
        with editing(technician_id, None) as technician:
            rows = TechnicianSkill.objects.filter(technician=technician, skill=None).order_by("pk")
            found = [(row, meant[norm]) for row in rows if (norm := fold(row.raw)[:250]) in meant]
            for row, skill_id in found:
                _link(row, skill_id)
            restore_certificate_evidence(technician)
    except Technician.DoesNotExist:  # erased meanwhile
        return 0
    return len(found)


def _link(row: TechnicianSkill, skill_id: int) -> None:
    """Link a row; where the person has the skill already, the better level, the evidence and the words join there."""
    kept = TechnicianSkill.objects.filter(technician=row.technician_id, skill=skill_id).first()
    if kept is None:
        row.skill_id = skill_id
        row.save(update_fields=("skill", "updated_at"))
        return
    kept.level, kept.raw = max(kept.level, row.level), kept.raw or row.raw
    kept.save(update_fields=("level", "raw", "updated_at"))
    SkillEvidence.objects.filter(technician_skill=row).update(technician_skill=kept)
    row.delete()
