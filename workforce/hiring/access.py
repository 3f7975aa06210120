"""Who may apply, look at an application, and move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workforce.accounts.access import can_edit_roles, can_view_organization
from workforce.accounts.models import User
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.hiring.moves import Actor, allowed_moves

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Reader = User | AnonymousUser


def can_view_applications(user: Reader, role: Role) -> bool:
    """Members of the organization, whatever their position, see who applied to its roles."""
    return can_view_organization(user, role.organization)


def actor_of(user: Reader, application: Application) -> Actor | None:
    """Return on which side of the application ``user`` stands; None for strangers and for members who only look."""
    if not user.is_authenticated:
        return None
    if application.technician.user_id == user.pk:
        return Actor.TECHNICIAN
    if can_edit_roles(user, application.role.organization):
        return Actor.EMPLOYER
    return None


def moves_for(user: Reader, application: Application) -> frozenset[str]:
    """Return the states that ``user`` may move the application to now."""
    actor = actor_of(user, application)
    return allowed_moves(application.state, actor) if actor else frozenset()
