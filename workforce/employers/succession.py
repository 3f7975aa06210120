"""What becomes of roles when a concept is retired: they ask for its successor."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from workforce.employers.models import Role, RoleCredential, RoleSkill
from workforce.employers.services import touch_roles
from workforce.skills.succession import repoint


@transaction.atomic
def move_skill(*, skill_id: int, successor_id: int) -> int:
    """Let every role that asks for one skill ask for its successor instead; return how many roles changed.

    A role that asks for both keeps one row, as demanding as the two were together.
    """
    return _move(RoleSkill, "skill_id", skill_id, successor_id, ("must", "level", "weight"))


@transaction.atomic
def move_credential(*, credential_id: int, successor_id: int) -> int:
    """Let every role that asks for one credential ask for its successor instead; return how many roles changed."""
    return _move(RoleCredential, "credential_id", credential_id, successor_id, ("must",))


@transaction.atomic
def move_occupation(*, occupation_id: int, successor_id: int) -> int:
    """Let every role of one occupation be of its successor; return how many roles changed."""
    roles = Role.objects.select_for_update(of=("self",)).filter(occupation_id=occupation_id)
    ids = list(roles.order_by("pk").values_list("pk", flat=True))
    Role.objects.filter(pk__in=ids).update(occupation_id=successor_id)
    return touch_roles(Role.objects.filter(pk__in=ids))


def _move(model: Any, concept: str, old: int, new: int, kept: tuple[str, ...]) -> int:
    roles = repoint(model, owner="role_id", concept=concept, old=old, new=new, kept=kept)
    return touch_roles(Role.objects.filter(pk__in=roles))
