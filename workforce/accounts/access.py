"""Who may act for an organization. Views, API and templates ask only these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workforce.accounts.choices import Position
from workforce.accounts.models import Membership, Organization, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

EDITORS = (Position.OWNER, Position.RECRUITER)
CASELOAD = (Position.OWNER, Position.COUNSELLOR)


def position_of(user: User | AnonymousUser, organization: Organization) -> str | None:
    """Return the user's position in the organization, or None for a stranger."""
    if not user.is_authenticated:
        return None
    return (
        Membership.objects.filter(user_id=user.pk, organization=organization).values_list("position", flat=True).first()
    )


def can_view_organization(user: User | AnonymousUser, organization: Organization) -> bool:
    """Members of whatever position may look at their organization's pages."""
    return position_of(user, organization) is not None


def can_edit_organization(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners say what their organization is."""
    return position_of(user, organization) == Position.OWNER


def can_edit_roles(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners and recruiters of an employer or agency post roles and answer applicants."""
    hires = organization.is_employer or organization.is_agency
    return hires and position_of(user, organization) in EDITORS


def can_edit_training(user: User | AnonymousUser, organization: Organization) -> bool:
    """Owners and counsellors of an institute keep cohorts and placements."""
    return organization.is_institute and position_of(user, organization) in CASELOAD
