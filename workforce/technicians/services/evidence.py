"""What certificates prove, and what they only state."""

from __future__ import annotations

from collections.abc import Iterable

from workforce.skills.models import CredentialSkill
from workforce.technicians.choices import EvidenceKind
from workforce.technicians.models import Certificate, SkillEvidence, Technician, TechnicianSkill


def restore_certificate_evidence(technician: Technician) -> None:
    """Give every skill of the profile the evidence of its certificates; run again, it adds nothing twice.

    A skill that was removed and comes back is known again by the certificate that the person still holds: proven by one
    that staff has checked, stated by any other.
    """
    certificates = {row.credential_id: row for row in Certificate.objects.filter(technician=technician)}
    if not certificates:
        return
    rows = dict(
        TechnicianSkill.objects.filter(technician=technician, skill__isnull=False)
        .order_by("pk")
        .values_list("skill_id", "pk")
    )
    there = set(
        SkillEvidence.objects.filter(certificate__in=certificates.values())
        .order_by("pk")
        .values_list("technician_skill_id", "certificate_id")
    )
    proves = CredentialSkill.objects.filter(credential__in=certificates, skill__in=rows).order_by("pk")
    SkillEvidence.objects.bulk_create(
        SkillEvidence(
            technician_skill_id=rows[link.skill_id],
            kind=kind_of(certificates[link.credential_id]),
            level=link.level,
            certificate=certificates[link.credential_id],
            expires_on=certificates[link.credential_id].expires_on,
        )
        for link in proves
        if (rows[link.skill_id], certificates[link.credential_id].pk) not in there
    )


def renew_certificate_evidence(technician: Technician, certificates: Iterable[Certificate]) -> None:
    """Write the evidence of ``certificates`` anew: their dates, what they prove or whether they are checked changed."""
    SkillEvidence.objects.filter(certificate__in=[row.pk for row in certificates]).delete()
    restore_certificate_evidence(technician)


def kind_of(certificate: Certificate) -> EvidenceKind:
    """Return what a certificate is evidence of: proof once it is checked, else the person's own statement."""
    return EvidenceKind.CERTIFIED if certificate.is_verified else EvidenceKind.STATED
