"""Celery's side of imports: each task calls one service and may run twice."""

from __future__ import annotations

from celery import shared_task
from celery.signals import worker_ready
from django.db import InterfaceError, OperationalError

from workforce.imports import running
from workforce.imports.cleaning import remove_old


@shared_task(acks_late=True, autoretry_for=(OperationalError, InterfaceError), max_retries=5, retry_backoff=1)
def work(*, job_id: int) -> None:
    """Check, run or undo one import, to its end."""
    running.work(job_id)


@shared_task(acks_late=True)
def work_pending() -> None:
    """Take up the jobs that a dead worker or a broker that was down left behind."""
    running.work_pending()


@shared_task
def remove_old_imports() -> int:
    """Remove files that nobody went on with, and what is remembered of old imports."""
    return remove_old()


@worker_ready.connect
def _at_start(**kwargs: object) -> None:
    """What was pending when the last worker stopped need not wait for the clock's next turn."""
    try:
        work_pending.delay()
    except Exception:  # beat will do it
        return
