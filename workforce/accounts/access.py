"""Who may act for an organization. Views, API and templates ask only these."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from workforce.accounts.choices import Position
from workforce.accounts.models import Membership, Organization, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

EVERY = tuple(Position)
EDITORS = (Position.OWNER, Position.RECRUITER)
CASELOAD = (Position.OWNER, Position.COUNSELLOR)
OWNERS = (Position.OWNER,)


class Act(Enum):
    """What members may do for their organization."""

    LOOK = "look"
    EDIT = "edit"
    KEEP_MEMBERS = "keep_members"
    ASK_VERIFICATION = "ask_verification"
    EDIT_ROLES = "edit_roles"
    EDIT_TRAINING = "edit_training"


# What each position may do; some of it only where the organization does that kind of work (see the functions below).
MAY: dict[Act, tuple[Position, ...]] = {
    Act.LOOK: EVERY,
    Act.EDIT: OWNERS,
    Act.KEEP_MEMBERS: OWNERS,
    Act.ASK_VERIFICATION: OWNERS,
    Act.EDIT_ROLES: EDITORS,
    Act.EDIT_TRAINING: CASELOAD,
}


def position_of(user: User | AnonymousUser, organization: Organization) -> str | None:
    """Return the user's position in the organization, or None for a stranger."""
    if not user.is_authenticated:
        return None
    return (
        Membership.objects.filter(user_id=user.pk, organization=organization).values_list("position", flat=True).first()
    )


def may(user: User | AnonymousUser, organization: Organization, act: Act) -> bool:
    """Whether the user's position in the organization lets them do this."""
    return position_of(user, organization) in MAY[act]


def positions_in(organization: Organization) -> list[Position]:
    """The positions that make sense where the organization does what it does."""
    fits = {
        Position.RECRUITER: organization.is_employer or organization.is_agency,
        Position.COUNSELLOR: organization.is_institute,
    }
    return [position for position in Position if fits.get(position, True)]


def can_view_organization(user: User | AnonymousUser, organization: Organization) -> bool:
    """Members of whatever position may look at their organization's pages."""
    return may(user, organization, Act.LOOK)


def can_edit_organization(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners say what their organization is."""
    return may(user, organization, Act.EDIT)


def can_keep_members(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners invite people, change their positions and remove them."""
    return may(user, organization, Act.KEEP_MEMBERS)


def can_ask_verification(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners send documents and ask staff to look at them."""
    return may(user, organization, Act.ASK_VERIFICATION)


def can_verify(user: User | AnonymousUser) -> bool:
    """Staff who may change organizations decide whether they are what they say."""
    return user.is_staff and user.has_perm("accounts.change_organization")


def can_edit_roles(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners and recruiters of an employer or agency post roles and answer applicants."""
    hires = organization.is_employer or organization.is_agency
    return hires and may(user, organization, Act.EDIT_ROLES)


def can_edit_training(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners and counsellors of an institute keep cohorts and placements."""
    return organization.is_institute and may(user, organization, Act.EDIT_TRAINING)
