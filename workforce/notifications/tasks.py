"""Celery's side of notifications: each task may run twice, and at the same time."""

from __future__ import annotations

from celery import shared_task
from celery.signals import worker_ready

from workforce.notifications import digests, outbox
from workforce.notifications.kicks import kick


@shared_task(acks_late=True)
def send_due() -> int:
    """Send what is due: after a commit, and by beat what is left."""
    return outbox.send_due()


@shared_task(acks_late=True)
def send_summaries() -> int:
    """Make the summaries of those for whom it is morning; the outbox sends them."""
    return digests.gather_all()


@worker_ready.connect
def _send_at_start(**kwargs: object) -> None:
    """What was pending when the last worker stopped waits for no timer."""
    kick()
