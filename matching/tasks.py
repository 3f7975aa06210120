"""Celery's side of matching: each task calls one service and may run twice."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import InterfaceError, OperationalError

from matching import rebuilds, refresh
from matching.choices import SubjectKind
from matching.kicks import kick
from matching.retraining import refit_if_changed

# A database that was away for a moment must cost seconds, not the two minutes until somebody looks for stalled work.
# Celery closes the old connection before each run, so the next one opens its own.
RETRIED: dict[str, Any] = {
    "acks_late": True,
    "autoretry_for": (OperationalError, InterfaceError),
    "max_retries": 5,
    "retry_backoff": 1,
    "retry_backoff_max": 15,
}


@shared_task(**RETRIED)
def refresh_technician(*, technician_id: int) -> None:
    """Bring this technician's lists up to date, and whatever else is pending."""
    refresh.drain(first=(SubjectKind.TECHNICIAN, technician_id))


@shared_task(**RETRIED)
def refresh_role(*, role_id: int) -> None:
    """Bring this role's lists up to date, and whatever else is pending."""
    refresh.drain(first=(SubjectKind.ROLE, role_id))


@shared_task(**RETRIED)
def drain_refresh_requests() -> None:
    """Work off what is pending: by beat, at a worker's start, and at the end of a rebuild."""
    refit_if_changed(only_if_asked=True)
    refresh.drain()


@shared_task(acks_late=True)
def fit_engine() -> None:
    """Fit on the taxonomy of now, and rebuild all lists if that made another engine."""
    refit_if_changed()


@shared_task(**RETRIED)
def score_shard(*, run_id: int, number: int) -> None:
    """Score one range of technicians of a rebuild."""
    rebuilds.score_shard(run_id=run_id, number=number)


@shared_task(**RETRIED)
def finish_rebuild(*, run_id: int) -> None:
    """Merge a rebuild's role lists and put the edition in force."""
    rebuilds.finish_rebuild(run_id=run_id)


@shared_task(acks_late=True)
def resume_rebuilds() -> None:
    """Send again what dead workers left undone."""
    rebuilds.resume_rebuilds()


@shared_task(acks_late=True)
def sweep_matches() -> None:
    """Each night: clear what was left behind and compute everything anew, for what dates alone change."""
    rebuilds.sweep()
    rebuilds.start_if_idle()


@worker_ready.connect
def _drain_at_start(**kwargs: object) -> None:
    """What was pending when the last worker stopped waits for no timer."""
    kick("drain_refresh_requests")
