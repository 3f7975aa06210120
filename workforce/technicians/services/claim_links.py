"""The link by which somebody takes over what an organization registered of them: made, renewed, sent, taken back.

Only the hash of its token is stored. The token itself can be made again from the row by nobody but us, as that needs
our secret key: a letter that has to be sent twice carries the same link twice.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workforce.accounts.invitations import hash_of
from workforce.accounts.models import Organization, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, NotThere
from workforce.core.kicks import kick
from workforce.technicians import access
from workforce.technicians.models import Intake

SEND_TASK = "workforce.technicians.tasks.send_claim_letters"
MOST_LETTERS = 5  # to one person, who never asked for any


def token_of(intake: Intake) -> str:
    """The secret of the link that is out now. The time is in it as a restored database gives a key to somebody else."""
    value = f"{intake.pk}:{intake.created_at.timestamp()}:{intake.claim_round}"
    return salted_hmac("puente.claim", value, algorithm="sha256").hexdigest()


def begin_link(intake: Intake) -> str:
    """Give a locked intake a new link and save it; return its token. The link before works no more."""
    intake.claim_round += 1
    token = token_of(intake)
    intake.claim_hash = hash_of(token)
    intake.claim_expires_at = min(timezone.now() + timedelta(days=settings.PEOPLE_LINK_DAYS), intake.erase_at)
    intake.save(update_fields=("claim_round", "claim_hash", "claim_expires_at", "updated_at"))
    return token


@transaction.atomic
def make_link(
    *, actor: User, organization: Organization, intake_id: int, seen_round: int | None = None
) -> tuple[Intake, str]:
    """Make a link to hand over; return it with its token, which is shown this once.

    ``seen_round`` is the number of the link that the page showed: a second click finds what the first one made. Raises
    ``NotAllowed``, ``Conflict`` while the organization is not verified, and ``NotThere`` (gone, claimed or refused:
    nobody is told which).
    """
    intake = _lock(actor, organization, intake_id)
    if not organization.is_verified:
        raise Conflict("not_verified", _("Links can be handed out once our staff have verified your organization."))
    if seen_round is not None and intake.claim_round > seen_round and intake.has_link:
        return intake, token_of(intake)
    return intake, begin_link(intake)


@transaction.atomic
def send_link(*, actor: User, organization: Organization, intake_id: int) -> Intake:
    """Note that a letter with a link is to be sent, and wake who sends it; once more changes nothing while it waits.

    Raises ``InvalidInput`` for somebody without an address, ``Conflict`` after ``MOST_LETTERS``, and as ``make_link``.
    """
    intake = _lock(actor, organization, intake_id)
    if not intake.email:
        raise InvalidInput("no_email", _("There is no e-mail for this person. Print the link instead."))
    if intake.letters >= MOST_LETTERS:
        raise Conflict("too_many_letters", _("This person got five letters already. Print the link instead."))
    if not organization.is_verified:
        raise Conflict("not_verified", _("Letters can be sent once our staff have verified your organization."))
    if intake.letter_due_at is None:
        intake.letter_due_at = timezone.now()
        intake.save(update_fields=("letter_due_at", "updated_at"))
        wake_sender()
    return intake


@transaction.atomic
def revoke_link(*, actor: User, organization: Organization, intake_id: int) -> Intake:
    """Take the link back, and a letter that waits: what is out works no more. Raises as ``make_link``."""
    intake = _lock(actor, organization, intake_id)
    intake.claim_hash = intake.claim_expires_at = intake.letter_due_at = None
    intake.save(update_fields=("claim_hash", "claim_expires_at", "letter_due_at", "updated_at"))
    return intake


def wake_sender() -> None:
    """Have letters sent once the transaction holds; should the broker be down, beat finds them."""
    transaction.on_commit(lambda: kick(SEND_TASK))


def _lock(actor: User, organization: Organization, intake_id: int) -> Intake:
    if not access.can_keep_people(actor, organization):
        raise NotAllowed("not_yours", _("You may not keep the people of this organization."))
    found: Intake | None = (
        Intake.objects.open().select_for_update().filter(pk=intake_id, organization=organization).first()
    )
    if found is None:
        raise NotThere("person_gone", _("This person is not on your list any more."))
    return found
