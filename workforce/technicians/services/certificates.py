"""Credentials that somebody holds, and the skills that these prove."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput
from workforce.skills.models import Credential, CredentialSkill
from workforce.technicians.models import Certificate, Technician, TechnicianSkill
from workforce.technicians.services.editing import editing
from workforce.technicians.services.evidence import renew_certificate_evidence
from workforce.technicians.services.skills import require_room

UNCHECKED: dict[str, None] = {"verified_at": None, "verified_by": None}


def add_certificate(
    *,
    technician_id: int,
    revision: int | None,
    credential_id: int,
    issued_on: date | None = None,
    expires_on: date | None = None,
    folio: str = "",
) -> Certificate:
    """Record a credential; its skills join the profile where they are missing, as stated until staff checks the paper.

    The same credential again renews the dates, and has to be checked again if anything is different; without
    ``expires_on`` it lasts as long as such a credential usually does. Raises ``StaleRevision``, and ``InvalidInput``
    for dates in the wrong order or too many skills.
    """
    if issued_on and expires_on and expires_on < issued_on:
        raise InvalidInput("dates_reversed", _("It cannot end before it was issued."), field="expires_on")
    if issued_on and expires_on is None:
        expires_on = usual_end(Credential.objects.get(pk=credential_id), issued_on)
    with editing(technician_id, revision) as technician:
        stated = {"issued_on": issued_on, "expires_on": expires_on, "folio": folio}
        certificate, made = Certificate.objects.get_or_create(
            technician=technician, credential_id=credential_id, defaults=stated
        )
        if not made and any(getattr(certificate, name) != value for name, value in stated.items()):
            for name, value in (stated | UNCHECKED).items():
                setattr(certificate, name, value)
            certificate.save()
        _add_missing_skills(technician, credential_id)
        renew_certificate_evidence(technician, [certificate])
    return certificate


def remove_certificate(*, technician_id: int, revision: int | None, certificate_id: int) -> Technician:
    """Take a certificate off, and with it what it proved; the skills stay, as declared.

    Raises ``StaleRevision`` and ``Certificate.DoesNotExist``.
    """
    with editing(technician_id, revision) as technician:
        Certificate.objects.get(pk=certificate_id, technician=technician).delete()
    return technician


def usual_end(credential: Credential, issued_on: date) -> date | None:
    """Return the last day on which a credential issued then is valid, or None when it does not expire."""
    if not credential.valid_months:
        return None
    years, month = divmod(issued_on.month - 1 + credential.valid_months, 12)
    year, month = issued_on.year + years, month + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


def _add_missing_skills(technician: Technician, credential_id: int) -> None:
    have = set(
        TechnicianSkill.objects.filter(technician=technician, skill__isnull=False)
        .order_by("pk")
        .values_list("skill_id", flat=True)
    )
    missing = [
        link
        for link in CredentialSkill.objects.filter(credential=credential_id).order_by("pk")
        if link.skill_id not in have
    ]
    require_room(TechnicianSkill.objects.filter(technician=technician).count() + len(missing))
    TechnicianSkill.objects.bulk_create(
        TechnicianSkill(technician=technician, skill_id=link.skill_id, level=link.level) for link in missing
    )
