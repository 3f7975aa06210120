"""Inviting people to an organization by a link that works once."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.accounts.choices import InvitationState, Verification
from workforce.accounts.events import invitation_made, member_joined
from workforce.accounts.members import check_position, lock_organization
from workforce.accounts.models import Invitation, Membership, Organization, User
from workforce.core.errors import Conflict, NotAllowed, NotThere

log = logging.getLogger(__name__)
LIFE = timedelta(days=7)
A_DAY = timedelta(days=1)
MOST_A_DAY = 40  # by one organization; a mail server that sends for spammers is soon believed by nobody
MAIL_TIMEOUT = 10  # seconds that a person waits at most for the mail server
PLACE = "{token}"  # where an address for the e-mail takes the token


def hash_of(token: str) -> str:
    """What is kept of a token. It is long and random, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token(actor: User, organization: Organization, once_key: str) -> str:
    """Make a token; the same form sent twice makes the same, which only we can, as it needs our secret key."""
    if not once_key:
        return secrets.token_urlsafe(32)
    return salted_hmac("puente.invitation", f"{organization.pk}:{actor.pk}:{once_key}", algorithm="sha256").hexdigest()


@transaction.atomic
def invite(
    *, actor: User, organization_id: int, position: str, email: str = "", once_key: str = "", address: str = ""
) -> tuple[Invitation, str]:
    """Make an invitation; return it with its token, which is never to be had again.

    With ``email`` only the account of that address may accept; a letter is sent there once the transaction holds, if
    ``address`` says where accepting is done (the token takes the place of ``{token}``). A second click, known by
    ``once_key``, finds what the first one made. Raises ``NotAllowed`` unless ``actor`` is an owner, ``InvalidInput``
    for a position that the organization has not, ``Conflict`` otherwise.
    """
    organization = lock_organization(organization_id)
    if not access.can_keep_members(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    check_position(organization, position)
    email = email.strip().lower()
    token = _new_token(actor, organization, once_key)
    if (made := Invitation.objects.filter(token_hash=hash_of(token)).first()) is not None:
        return made, token
    _check_may_invite(organization, email)
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        position=position,
        token_hash=hash_of(token),
        expires_at=timezone.now() + LIFE,
        invited_by=actor,
    )
    invitation_made.send(
        sender=Invitation, organization_id=organization.pk, invitation_id=invitation.pk, by_id=actor.pk
    )
    if email and address:
        link = address.replace(PLACE, token)
        transaction.on_commit(lambda: _send(invitation, actor, link))
    return invitation, token


def _check_may_invite(organization: Organization, email: str) -> None:
    if organization.verification == Verification.REFUSED:
        raise Conflict("organization_refused", _("Your organization was refused: it cannot invite people now."))
    if email and organization.memberships.filter(user__email=email).exists():
        raise Conflict("already_member", _("This person is a member already."))
    if organization.invitations.filter(created_at__gt=timezone.now() - A_DAY).count() >= MOST_A_DAY:
        raise Conflict("too_many_invitations", _("That is a lot of invitations for one day. Try again tomorrow."))


def _send(invitation: Invitation, actor: User, link: str) -> None:
    """Send the letter, in the language of whoever invites. It may fail: the inviter has the link as well."""
    with translation.override(actor.language):
        values = {"invitation": invitation, "organization": invitation.organization, "link": link}
        subject = gettext("Invitation to %(organization)s") % {"organization": invitation.organization.name}
        body = render_to_string("accounts/email/invitation.txt", values)
    prefix = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX
    try:
        connection = get_connection(timeout=MAIL_TIMEOUT)
        EmailMessage(prefix + " ".join(subject.split()), body, to=[invitation.email], connection=connection).send()
    except Exception as error:  # the change is stored, and whatever a mail server says must not hide that
        # The class only: what a server answers may hold the address, and logs outlive a person's data.
        log.error("The letter of invitation %s was not sent: %s", invitation.pk, type(error).__name__)


@transaction.atomic
def revoke(*, actor: User, organization_id: int, invitation_id: int) -> Invitation:
    """Take an invitation back; once revoked or expired nothing changes. Raises ``Conflict`` when it was accepted."""
    organization = lock_organization(organization_id)
    if not access.can_keep_members(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    invitation: Invitation | None = organization.invitations.filter(pk=invitation_id).first()
    if invitation is None:
        raise NotThere("invitation_gone", _("There is no such invitation."))
    if invitation.state == InvitationState.ACCEPTED:
        raise Conflict("invitation_used", _("It was accepted already. Remove the member instead."))
    if invitation.state == InvitationState.OPEN:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=("revoked_at", "updated_at"))
    return invitation


def token_of(address: str) -> str:
    """The token of a path that opens an invitation, "" for any other; whether it is a good one is not said."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path) if not parts.netloc else None
    except Resolver404:
        found = None
    if found is None:
        return ""
    return str(found.kwargs["token"]) if found.url_name == "invitation-accept" else ""


def find(token: str) -> Invitation | None:
    """Return the invitation of a token, with what its page shows."""
    rows = Invitation.objects.select_related("organization", "invited_by", "accepted_by")
    found: Invitation | None = rows.filter(token_hash=hash_of(token)).first()
    return found


def check_acceptable(invitation: Invitation | None, user: User) -> Invitation:
    """Return the invitation if ``user`` may accept it now; else say why not, and no more than this person may know."""
    if invitation is None:
        raise NotThere("invitation_unknown", _("This link is not an invitation. Look whether you have all of it."))
    if invitation.email and not _owns_address(user, invitation.email):
        text = _("This invitation is for another e-mail address. Log in with the account of that address.")
        raise NotAllowed("invitation_for_another", text)
    if invitation.state == InvitationState.ACCEPTED:
        raise Conflict("invitation_used", _("This invitation was used already. Each works once: ask for a new one."))
    organization, inviter = invitation.organization, invitation.invited_by
    still_there = inviter is not None and inviter.is_active and inviter.closing_at is None
    still_owner = still_there and inviter is not None and access.can_keep_members(inviter, organization)
    if invitation.state == InvitationState.REVOKED or not still_owner:
        raise Conflict("invitation_revoked", _("This invitation was taken back. Ask whoever invited you."))
    if invitation.state == InvitationState.EXPIRED:
        raise Conflict("invitation_expired", _("This invitation has expired. Ask for a new one."))
    if organization.verification == Verification.REFUSED:
        raise Conflict("organization_refused", _("This organization was refused by our staff: nobody can join it now."))
    if access.position_of(user, organization) is not None:
        raise Conflict("already_member", _("You are a member of this organization already."))
    return invitation


def _owns_address(user: User, email: str) -> bool:
    """Whether the address is the user's; where addresses must be confirmed, only a confirmed one counts."""
    confirmed = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()
    if confirmed or settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory":
        return confirmed
    return (user.email or "").lower() == email.lower()


@transaction.atomic
def accept(*, user: User, token: str) -> Membership:
    """Make ``user`` a member as the invitation says, and use it up.

    A second click of the same person finds their membership. Raises what ``check_acceptable`` raises.
    """
    first = find(token)
    if first is None:
        raise NotThere("invitation_unknown", _("This link is not an invitation. Look whether you have all of it."))
    lock_organization(first.organization_id)
    invitation = find(token)
    if invitation is not None and invitation.accepted_by_id == user.pk:
        again = Membership.objects.filter(user=user, organization_id=invitation.organization_id).first()
        if again is not None:
            return again
    invitation = check_acceptable(invitation, user)
    check_position(invitation.organization, invitation.position)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=("accepted_at", "accepted_by", "updated_at"))
    membership = Membership.objects.create(
        user=user, organization=invitation.organization, position=invitation.position
    )
    member_joined.send(
        sender=Membership,
        organization_id=invitation.organization_id,
        user_id=user.pk,
        invitation_id=invitation.pk,
        by_id=invitation.invited_by_id,
    )
    return membership
