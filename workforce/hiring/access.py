"""Who may apply, look at an application, and move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workforce.accounts.access import can_edit_roles, can_view_organization
from workforce.accounts.models import User
from workforce.employers.models import Role
from workforce.hiring.choices import Actor
from workforce.hiring.models import Application

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Reader = User | AnonymousUser


def can_view_applications(user: Reader, role: Role) -> bool:
    """Members of the organization, whatever their position, may open the list of who applied to its roles.

    Who is on it only a verified organization learns: see ``ApplicationQuerySet.of_role``.
    """
    return can_view_organization(user, role.organization)


def actor_of(user: Reader, application: Application) -> Actor | None:
    """Return on which side of the application ``user`` stands; None for strangers and for members who only look."""
    if not user.is_authenticated:
        return None
    if application.technician.user_id == user.pk:
        return Actor.TECHNICIAN
    organization = application.role.organization
    if organization.is_verified and can_edit_roles(user, organization):
        return Actor.EMPLOYER
    return None
