"""What becomes of profiles when a skill or a credential is retired."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from workforce.technicians.models import Certificate, SkillEvidence, Technician, TechnicianSkill
from workforce.technicians.services.editing import editing
from workforce.technicians.services.evidence import renew_certificate_evidence


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


@transaction.atomic
def replace_credential(*, credential_id: int, successor_id: int) -> int:
    """Give everybody who holds the one credential the other, and with it what that proves; return how many.

    Of two certificates the one that was checked stays, or else the one that is valid longer.
    """
    holders = Technician.objects.filter(certificates__credential_id=credential_id).order_by("pk")
    people = list(holders.values_list("pk", flat=True))
    for technician_id in people:
        with editing(technician_id, None) as technician:
            _move_certificate(technician, credential_id, successor_id)
    return len(people)


def _move_certificate(technician: Technician, credential_id: int, successor_id: int) -> None:
    rows = Certificate.objects.filter(technician=technician)
    old, kept = (rows.filter(credential_id=pk).first() for pk in (credential_id, successor_id))
    if old is None:  # removed between the look and the lock
        return
    if kept is not None:
        if _worth(kept) >= _worth(old):
            old.delete()
            return
        kept.delete()
    old.credential_id = successor_id
    old.save(update_fields=("credential", "updated_at"))
    renew_certificate_evidence(technician, [old])


def _worth(certificate: Certificate) -> tuple[bool, bool, date]:
    """Checked before stated, then without an end before with one, then the later end."""
    ends = certificate.expires_on
    return certificate.verified_at is not None, ends is None, ends or date.min
