"""Certificates whose paper staff has checked: only these prove a level."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from workforce.accounts.models import User
from workforce.technicians.models import Certificate, Technician
from workforce.technicians.services.certificates import UNCHECKED
from workforce.technicians.services.editing import editing
from workforce.technicians.services.evidence import renew_certificate_evidence


def verify_certificate(*, certificate_id: int, by: User) -> bool:
    """Note that ``by`` has checked the paper; return whether that is news. Gone or checked already, nothing happens."""
    return _set(certificate_id, by)


def withdraw_verification(*, certificate_id: int) -> bool:
    """Take a check back: the certificate counts as stated again; return whether that is news."""
    return _set(certificate_id, None)


def recheck_edited(technician: Technician, certificate_ids: Collection[int]) -> None:
    """After an edit of these certificates: what was checked is no longer what is written. Call it in a transaction."""
    edited = Certificate.objects.filter(technician=technician, pk__in=certificate_ids)
    edited.update(**UNCHECKED)
    renew_certificate_evidence(technician, edited.order_by("pk"))


def _set(certificate_id: int, by: User | None) -> bool:
    found = Certificate.objects.filter(pk=certificate_id).first()
    if found is None or found.is_verified == (by is not None):
        return False
    with editing(found.technician_id, None) as technician:
        certificate = Certificate.objects.filter(pk=certificate_id).first()
        if certificate is None or certificate.is_verified == (by is not None):
            return False  # somebody else was faster
        certificate.verified_at, certificate.verified_by = (timezone.now() if by else None), by
        certificate.save(update_fields=("verified_at", "verified_by", "updated_at"))
        renew_certificate_evidence(technician, [certificate])
    return True
