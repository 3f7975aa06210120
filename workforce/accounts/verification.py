"""Verifying organizations: owners send documents and ask, staff decide. ``services.set_verification`` writes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.accounts.choices import Verification, VerificationOutcome, VerificationReason
from workforce.accounts.members import lock_organization
from workforce.accounts.models import Organization, User, VerificationDecision, VerificationDocument
from workforce.accounts.services import set_verification
from workforce.accounts.verification_files import check_file
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, StaleRevision

MAX_DOCUMENTS = 20
TEXT_MAX = 2000
STATE_AFTER = {
    VerificationOutcome.VERIFIED: Verification.VERIFIED,
    VerificationOutcome.REFUSED: Verification.REFUSED,
    VerificationOutcome.MORE_DOCUMENTS: Verification.PENDING,
}


def _for_owner(actor: User, organization_id: int) -> Organization:
    organization = lock_organization(organization_id)
    if not access.can_ask_verification(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    return organization


def add_document(*, actor: User, organization_id: int, kind: str, upload: Any, note: str = "") -> VerificationDocument:
    """Keep a document; the same file a second time finds the first one.

    Raises ``NotAllowed`` unless ``actor`` is an owner, ``InvalidInput`` for a file that is none of ours, ``Conflict``
    for one too many. When the row cannot be written no file is left behind.
    """
    checked = check_file(upload)
    document = VerificationDocument(
        kind=kind,
        name=checked.name,
        content_type=checked.kind.content_type,
        size=checked.size,
        sha256=checked.sha256,
        note=note.strip()[:300],
        uploaded_by=actor,
    )
    stored = ""
    try:
        with transaction.atomic():
            organization = _for_owner(actor, organization_id)
            twin: VerificationDocument | None = organization.documents.filter(sha256=checked.sha256).first()
            if twin is not None:
                return twin
            if organization.documents.count() >= MAX_DOCUMENTS:
                raise Conflict("too_many_documents", _("20 documents are enough. Remove one first."))
            document.organization = organization
            document.file.save(checked.name, upload, save=False)
            stored = document.file.name or ""
            document.save()
    except Exception:
        if stored:
            document.file.storage.delete(stored)
        raise
    return document


@transaction.atomic
def remove_document(*, actor: User, organization_id: int, document_id: int) -> None:
    """Take a document away, with its file. What a verification rests on stays; one that is gone is gone."""
    organization = _for_owner(actor, organization_id)
    if organization.is_verified:
        raise Conflict("evidence", _("Your organization was verified with these documents: they stay."))
    document = organization.documents.filter(pk=document_id).first()
    if document is None:
        return
    storage, path = document.file.storage, document.file.name or ""
    document.delete()
    transaction.on_commit(lambda: storage.delete(path))


@transaction.atomic
def request_verification(*, actor: User, organization_id: int) -> Organization:
    """Ask staff to look; asking twice is asking once. The state stays: only staff change it.

    Raises ``Conflict`` for an organization that is verified or sent no document.
    """
    organization = _for_owner(actor, organization_id)
    if organization.is_verified:
        raise Conflict("verified_already", _("Your organization is verified already."))
    if organization.review_requested_at is not None:
        return organization
    if not organization.documents.exists():
        raise Conflict("no_documents", _("Send at least one document first."))
    organization.review_requested_at = timezone.now()
    organization.save(update_fields=("review_requested_at", "updated_at"))
    VerificationDecision.objects.create(organization=organization, outcome=VerificationOutcome.REQUESTED, actor=actor)
    return organization


@transaction.atomic
def decide(
    *, actor: User, organization_id: int, outcome: str, reason: str = "", text: str = "", revision: int | None = None
) -> VerificationDecision:
    """Record what staff decided; owners read reason and text. A second click finds what the first one decided.

    Raises ``NotAllowed``, ``InvalidInput`` where a reason is missing, ``StaleRevision`` when the organization is not
    as the decider saw it at ``revision``, ``Conflict`` when it was decided so before.
    """
    if not access.can_verify(actor):
        raise NotAllowed("not_staff", _("Only staff may do this."))
    text = text.strip()
    _check_decision(outcome, reason, text)
    reason = "" if outcome == VerificationOutcome.VERIFIED else reason
    organization = lock_organization(organization_id)
    last: VerificationDecision | None = organization.decisions.first()
    if last is not None and (last.actor_id, last.outcome, last.reason, last.text) == (actor.pk, outcome, reason, text):
        return last
    if revision is not None and organization.revision != revision:
        raise StaleRevision(organization.revision)
    wanted = VerificationOutcome(outcome)
    done = set_verification(
        organization_id=organization.pk,
        verification=STATE_AFTER[wanted],
        actor=actor,
        outcome=wanted,
        reason=reason,
        text=text,
    )
    if not done:
        raise Conflict("decided_already", _("That was decided already."))
    return organization.decisions.order_by("-pk")[0]


def _check_decision(outcome: str, reason: str, text: str) -> None:
    if outcome not in STATE_AFTER:
        raise InvalidInput("invalid_choice", _("Choose from the list."), field="outcome")
    if len(text) > TEXT_MAX:
        raise InvalidInput("too_long", _("Keep the text under 2,000 characters."), field="text")
    if outcome == VerificationOutcome.VERIFIED:
        return
    if reason not in VerificationReason.values:
        raise InvalidInput("reason_required", _("Choose the reason; the owners will see it."), field="reason")
    if reason == VerificationReason.OTHER and not text:
        raise InvalidInput("text_required", _("Write down the reason; the owners will see it."), field="text")
