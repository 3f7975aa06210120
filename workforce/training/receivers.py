"""What other apps' news mean for programmes."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from workforce.skills.events import skill_retired
from workforce.training import services


@receiver(skill_retired, dispatch_uid="move-programmes-to-the-successor")
def follow_successor(sender: Any, *, skill_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Programmes teach the successor of a retired skill; without one they keep what they taught."""
    if successor_id is not None:
        services.move_skill(skill_id=skill_id, successor_id=successor_id)
