"""Who belongs to an organization: positions, removing people, leaving. There is always an owner."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.accounts.choices import Position
from workforce.accounts.events import member_left
from workforce.accounts.models import Invitation, Membership, Organization, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, NotThere


def lock_organization(organization_id: int) -> Organization:
    """Return the organization, locked until the transaction ends.

    Every change of its members begins here, so that changes come one after the other and each sees the one before.
    """
    found: Organization | None = Organization.objects.select_for_update(no_key=True).filter(pk=organization_id).first()
    if found is None:
        raise NotThere("organization_gone", _("This organization does not exist any more."))
    return found


def check_position(organization: Organization, position: str) -> None:
    """Refuse a position that means nothing there: a counsellor where nobody is trained, say."""
    if position not in access.positions_in(organization):
        raise InvalidInput(
            "position_not_here", _("This position does not exist in your organization."), field="position"
        )


def _member(organization: Organization, membership_id: int) -> Membership:
    found = organization.memberships.select_related("user").filter(pk=membership_id).first()
    if found is None:
        raise NotThere("member_gone", _("This person is not a member any more."))
    return found


def _keep_an_owner(member: Membership) -> None:
    """Refuse when ``member`` is the last owner who can log in."""
    if member.position != Position.OWNER:
        return
    others = Membership.objects.filter(organization_id=member.organization_id, position=Position.OWNER)
    if not others.exclude(pk=member.pk).filter(user__is_active=True).exists():
        text = _("An organization needs an owner. Make somebody else an owner first.")
        raise Conflict("last_owner", text)


def _take_back_invitations(member: Membership) -> None:
    """Whoever is no owner any more invites nobody: their open links stop working."""
    open_ones = Invitation.objects.open().filter(organization_id=member.organization_id, invited_by_id=member.user_id)
    open_ones.update(revoked_at=timezone.now(), updated_at=timezone.now())


@transaction.atomic
def change_position(*, actor: User, organization_id: int, membership_id: int, position: str) -> Membership:
    """Give a member another position; the one that they have changes nothing.

    Raises ``NotAllowed`` unless ``actor`` is an owner, ``InvalidInput`` for a position that the organization has not,
    ``Conflict`` when nobody would own it.
    """
    organization = lock_organization(organization_id)
    if not access.can_keep_members(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    member = _member(organization, membership_id)
    if member.position == position:
        return member
    check_position(organization, position)
    _keep_an_owner(member)
    if member.position == Position.OWNER:
        _take_back_invitations(member)
    member.position = position
    member.save(update_fields=("position", "updated_at"))
    return member


@transaction.atomic
def remove_member(*, actor: User, organization_id: int, membership_id: int) -> None:
    """Remove a member, or leave: anybody may go by themselves, owners may send others away.

    Raises ``NotAllowed``, ``NotThere`` for somebody who has gone already, ``Conflict`` for the last owner.
    """
    organization = lock_organization(organization_id)
    member = _member(organization, membership_id)
    if member.user_id != actor.pk and not access.can_keep_members(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    _keep_an_owner(member)
    _take_back_invitations(member)
    member.delete()
    member_left.send(sender=Membership, organization_id=organization.pk, user_id=member.user_id, by_id=actor.pk)
