"""What other apps' news mean for roles."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import ngettext

from workforce.accounts.choices import Capability
from workforce.accounts.events import capability_leaving, organization_changed
from workforce.employers.choices import HiringFor, RoleState
from workforce.employers.models import Role
from workforce.employers.services import touch_roles
from workforce.employers.succession import move_credential, move_occupation, move_skill
from workforce.skills.events import credential_retired, occupation_retired, skill_retired


@receiver(organization_changed)
def refresh_roles_of_organization(organization_id: int, **kwargs: Any) -> None:
    """A verified, refused or renamed organization shows, hides or renames all its roles."""
    touch_roles(Role.objects.filter(organization_id=organization_id))


@receiver(capability_leaving, dispatch_uid="keep-hiring-while-roles-are-open")
def keep_hiring(organization_id: int, capability: str, **kwargs: Any) -> str | None:
    """Who has published roles goes on hiring until they are closed."""
    if capability not in (Capability.EMPLOYER, Capability.AGENCY):
        return None
    roles = Role.objects.filter(organization_id=organization_id, state=RoleState.PUBLISHED)
    own = {"hiring_for": HiringFor.OWN}
    count = (roles.filter(**own) if capability == Capability.EMPLOYER else roles.exclude(**own)).count()
    if not count:
        return None
    text = ngettext(
        "You have %(count)d published role: close it first, so that its applicants are told.",
        "You have %(count)d published roles: close them first, so that their applicants are told.",
        count,
    )
    return text % {"count": count}


@receiver(skill_retired)
def follow_successor(skill_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Roles ask for the successor of a retired skill; without one they keep what they asked for."""
    if successor_id is not None:
        with transaction.atomic():
            move_skill(skill_id=skill_id, successor_id=successor_id)


@receiver(occupation_retired)
def follow_occupation(occupation_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Roles are of the successor of a retired occupation; without one they keep what they were."""
    if successor_id is not None:
        with transaction.atomic():
            move_occupation(occupation_id=occupation_id, successor_id=successor_id)


@receiver(credential_retired)
def follow_credential(credential_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Roles ask for the successor of a retired credential; without one they keep what they asked for."""
    if successor_id is not None:
        with transaction.atomic():
            move_credential(credential_id=credential_id, successor_id=successor_id)
