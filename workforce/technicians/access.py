"""Who may see and change what of a technician. Views, API and templates ask only these and ``visible_to``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workforce.accounts.access import Act, may
from workforce.accounts.models import Organization, User
from workforce.technicians.models import Grant, Technician

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def can_edit_technician(user: User | AnonymousUser, technician: Technician) -> bool:
    """Only the person themselves; staff correct things in the admin."""
    return user.is_authenticated and technician.user_id is not None and technician.user_id == user.pk


def can_see_technician(user: User | AnonymousUser, technician: Technician) -> bool:
    """Whether the user may open the blind card."""
    return Technician.objects.visible_to(user).filter(pk=technician.pk).exists()


def can_see_contact(user: User | AnonymousUser, technician: Technician) -> bool:
    """Whether the user may know the name and contact details: the person, or by a grant to their organization."""
    return Technician.objects.contact_visible_to(user).filter(pk=technician.pk).exists()


def can_see_people(user: User | AnonymousUser, organization: Organization) -> bool:
    """Whether the user may see whom the organization registered and who has no account yet."""
    return may(user, organization, Act.LOOK)


def can_keep_people(user: User | AnonymousUser, organization: Organization) -> bool:
    """Everybody but viewers registers people, sends them their link and takes them off the list."""
    return may(user, organization, Act.KEEP_PEOPLE)


def known_to(organization_id: int, technician_ids: Iterable[int]) -> set[int]:
    """Those of ``technician_ids`` whose name and contact details the organization may know."""
    grants = Grant.objects.naming().filter(organization_id=organization_id, technician__in=list(technician_ids))
    return set(grants.values_list("technician_id", flat=True))
