"""Wakes a worker once the transaction is committed; nothing depends on it, because beat drains what is pending."""

from __future__ import annotations

import logging
import time

from celery import current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)
TASK = "workforce.notifications.tasks.send_due"
PAUSE = 20.0
"""Seconds without another try after one failed: a save must not wait for the same dead broker again and again."""

_silent_until = 0.0


def kick_after_commit() -> None:
    """Wake a worker after this transaction, once however often it is asked for."""
    # Each entry is (savepoints, function, robust).
    if not any(entry[1] is _kick for entry in connection.run_on_commit):
        transaction.on_commit(_kick, robust=True)


def _kick() -> None:
    kick()


def kick() -> bool:
    """Send the task without retries; return whether the broker took it. Never raises."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    try:
        task = current_app.tasks.get(TASK)
        if task is not None:
            task.apply_async(retry=False)
        else:
            current_app.send_task(TASK, retry=False)
    except Exception:  # whatever a transport raises: nothing of it may reach the person who saved
        _silent_until = time.monotonic() + PAUSE
        logger.warning("The broker did not take %s; beat will find what is pending.", TASK, exc_info=True)
        return False
    return True


def forget_failure() -> None:
    """Try again at once (tests)."""
    global _silent_until
    _silent_until = 0.0
