"""What other apps' news mean for roles."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from workforce.accounts.events import organization_changed
from workforce.employers.models import Role
from workforce.employers.services import touch_roles
from workforce.employers.succession import move_credential, move_occupation, move_skill
from workforce.skills.events import credential_retired, occupation_retired, skill_retired


@receiver(organization_changed)
def refresh_roles_of_organization(organization_id: int, **kwargs: Any) -> None:
    """A verified, refused or renamed organization shows, hides or renames all its roles."""
    touch_roles(Role.objects.filter(organization_id=organization_id))


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
