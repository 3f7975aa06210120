"""What becomes of roles when a concept is retired: they ask for its successor."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from workforce.employers.models import Role, RoleCredential, RoleSkill
from workforce.employers.services import touch_roles


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


def _move(model: Any, column: str, old: int, new: int, kept: tuple[str, ...]) -> int:
    """Point rows of roles from one concept to another; of two rows of a role the larger value of ``kept`` stays."""
    rows = list(model.objects.select_for_update().filter(**{column: old}).order_by("role_id"))
    roles = [row.role_id for row in rows]
    heirs = {row.role_id: row for row in model.objects.select_for_update().filter(**{column: new}, role_id__in=roles)}
    for row in rows:
        heir = heirs.get(row.role_id)
        if heir is None:
            setattr(row, column, new)
            row.save(update_fields=[column])
            continue
        for name in kept:
            setattr(heir, name, max(getattr(row, name) or 0, getattr(heir, name) or 0) or getattr(heir, name))
        heir.save(update_fields=kept)
        row.delete()
    return touch_roles(Role.objects.filter(pk__in=roles))
