"""What other apps' news mean for programmes."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import ngettext

from workforce.accounts.choices import Capability
from workforce.accounts.events import capability_leaving
from workforce.skills.events import skill_retired
from workforce.training import services
from workforce.training.models import Cohort


@receiver(skill_retired, dispatch_uid="move-programmes-to-the-successor")
def follow_successor(sender: Any, *, skill_id: int, successor_id: int | None, **kwargs: Any) -> None:
    """Programmes teach the successor of a retired skill; without one they keep what they taught."""
    if successor_id is not None:
        services.move_skill(skill_id=skill_id, successor_id=successor_id)


@receiver(capability_leaving, dispatch_uid="keep-training-while-cohorts-run")
def keep_training(organization_id: int, capability: str, **kwargs: Any) -> str | None:
    """Who has people in a cohort goes on training until it ends."""
    if capability != Capability.INSTITUTE:
        return None
    running = Cohort.objects.filter(programme__organization_id=organization_id, ends_on__gte=timezone.localdate())
    count = running.count()
    if not count:
        return None
    text = ngettext(
        "You have %(count)d cohort that has not ended. You can take this away after its last day.",
        "You have %(count)d cohorts that have not ended. You can take this away after their last day.",
        count,
    )
    return text % {"count": count}
