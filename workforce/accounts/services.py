"""Writes of accounts that touch more than one row or tell others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from workforce.accounts.choices import Position, Verification, VerificationOutcome
from workforce.accounts.events import job_seeker_joined, organization_changed, verification_decided
from workforce.accounts.models import Membership, Organization, User, VerificationDecision

SLUG_LENGTH = 72  # leaves room for a number within the column's 80
RESERVED_SLUGS = frozenset({"new"})  # /org/new/ is a page of its own
MANY = 1000  # organizations of one name; past it something is wrong
TWIN_AGE = timedelta(minutes=2)
OUTCOME_OF = {
    Verification.PENDING: VerificationOutcome.REOPENED,
    Verification.VERIFIED: VerificationOutcome.VERIFIED,
    Verification.REFUSED: VerificationOutcome.REFUSED,
}


@dataclass(frozen=True)
class PersonNames:
    """What a job seeker is called, as people write it in Mexico."""

    given_names: str
    paternal: str = ""
    maternal: str = ""


@transaction.atomic
def create_organization(
    *, user: User, name: str, is_employer: bool = False, is_institute: bool = False, is_agency: bool = False
) -> Organization:
    """Make an organization that waits for verification, and ``user`` its owner.

    At least one capability must be true, or the database refuses (IntegrityError). Two organizations may have one
    name; their short names in addresses differ, also when they are made at the same moment.
    """
    capabilities = {"is_employer": is_employer, "is_institute": is_institute, "is_agency": is_agency}
    organization = _create_with_free_slug(name.strip(), capabilities)
    Membership.objects.create(user=user, organization=organization, position=Position.OWNER)
    return organization


def _create_with_free_slug(name: str, capabilities: dict[str, bool]) -> Organization:
    for slug in _slugs(name):
        if Organization.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                made: Organization = Organization.objects.create(name=name, slug=slug, **capabilities)
                return made
        except IntegrityError:
            # Somebody may have taken the slug between the look and the write; anything else is a real fault.
            if not Organization.objects.filter(slug=slug).exists():
                raise
    raise RuntimeError(f"No free short name for an organization called {name!r}.")


def _slugs(name: str) -> Iterator[str]:
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "org"
    if base not in RESERVED_SLUGS:
        yield base
    yield from (f"{base}-{n}" for n in range(2, MANY))


@transaction.atomic
def set_verification(
    *,
    organization_id: int,
    verification: Verification,
    actor: User | None = None,
    outcome: VerificationOutcome | None = None,
    reason: str = "",
    text: str = "",
) -> bool:
    """Record what staff found out about an organization; return whether that changed anything.

    It is the only writer of an organization's verification, and writes the history (``VerificationDecision``) with
    it: ``outcome`` where the state alone does not tell. Telling others (``organization_changed``,
    ``verification_decided``) happens inside the transaction, so that its roles become public, or stop being so, with
    the change.
    """
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    changes = organization.verification != verification
    asked = organization.review_requested_at is not None  # refused, asked again: refusing again answers that
    if not changes and not asked and outcome != VerificationOutcome.MORE_DOCUMENTS:
        return False
    reopened = outcome == VerificationOutcome.REOPENED
    organization.verification = verification
    organization.verified_at = timezone.now() if verification == Verification.VERIFIED else None
    organization.review_requested_at = timezone.now() if reopened else None
    organization.revision += 1
    organization.save(update_fields=("verification", "verified_at", "review_requested_at", "revision", "updated_at"))
    decision = VerificationDecision.objects.create(
        organization=organization,
        outcome=outcome or OUTCOME_OF[verification],
        reason=reason,
        text=text,
        actor=actor,
    )
    if changes:
        organization_changed.send(sender=Organization, organization_id=organization.pk)
    verification_decided.send(
        sender=VerificationDecision,
        organization_id=organization.pk,
        decision_id=decision.pk,
        outcome=VerificationOutcome(decision.outcome),
        by_id=actor.pk if actor is not None else None,
    )
    return True


def welcome_job_seeker(*, user: User, names: PersonNames) -> None:
    """Tell whoever keeps profiles that a job seeker joined. Call it inside the transaction of the sign-up."""
    job_seeker_joined.send(sender=User, user=user, names=names)


def set_language(*, user: User, language: str) -> None:
    """Keep the language in which a person wants to read."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language, updated_at=timezone.now())


def find_twin(*, email: str, password: str) -> User | None:
    """Return the account that the same form made a moment ago (a double click), or None.

    Only an account younger than two minutes with this very password counts, so this tells a stranger nothing.
    """
    since = timezone.now() - TWIN_AGE
    user = User.objects.filter(email__iexact=email, created_at__gte=since, is_active=True).first()
    return user if user is not None and user.check_password(password) else None
