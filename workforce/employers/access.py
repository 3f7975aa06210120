"""Who may see and change roles and plants. Views, API and templates ask only these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workforce.accounts.access import can_edit_roles, can_view_organization
from workforce.accounts.models import User
from workforce.employers.models import Plant, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def can_view_role(user: User | AnonymousUser, role: Role) -> bool:
    """Anybody may look at an open role; members of its organization at theirs in any state."""
    return role.is_open or can_view_organization(user, role.organization)


def can_edit_role(user: User | AnonymousUser, role: Role) -> bool:
    """Owners and recruiters of the role's organization change, publish and close it."""
    return can_edit_roles(user, role.organization)


def can_edit_plant(user: User | AnonymousUser, plant: Plant) -> bool:
    """Owners and recruiters keep the plants of their organization."""
    return can_edit_roles(user, plant.organization)
