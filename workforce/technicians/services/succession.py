"""What becomes of profiles when a skill is retired."""

from __future__ import annotations

from django.db import transaction

from workforce.technicians.models import SkillEvidence, Technician, TechnicianSkill
from workforce.technicians.services.editing import editing


@transaction.atomic
def replace_skill(*, skill_id: int, successor_id: int) -> int:
    """Give everybody who has the one skill the other, with the better level and all evidence; return how many."""
    people = list(
        Technician.objects.filter(technician_skills__skill_id=skill_id).order_by("pk").values_list("pk", flat=True)
    )
    for technician_id in people:
        with editing(technician_id, None) as technician:
            _move(technician, skill_id, successor_id)
    return len(people)


def _move(technician: Technician, skill_id: int, successor_id: int) -> None:
    rows = TechnicianSkill.objects.filter(technician=technician)
    old = rows.filter(skill_id=skill_id).first()
    if old is None:  # removed between the look and the lock
        return
    kept = rows.filter(skill_id=successor_id).first()
    if kept is None:
        old.skill_id = successor_id
        old.save(update_fields=("skill", "updated_at"))
        return
    kept.level = max(kept.level, old.level)
    kept.save(update_fields=("level", "updated_at"))
    SkillEvidence.objects.filter(technician_skill=old).update(technician_skill=kept)
    old.delete()
