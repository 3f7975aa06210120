"""What runs by the clock. Each may run twice, and at the same time."""

from __future__ import annotations

from celery import shared_task

from workforce.skills.phrases import recount_phrases


@shared_task(acks_late=True)
def recount() -> int:
    """Count whose own words are which, for the queue of staff."""
    return recount_phrases()
