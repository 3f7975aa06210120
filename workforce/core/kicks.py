"""Wakes a worker, and makes nothing of it when the broker is down: the database says what is pending, and beat
drains it.
"""

from __future__ import annotations

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)
PAUSE = 20.0
"""Seconds without another try after one failed: a save must not wait for the same dead broker again and again."""

_silent_until = 0.0


def kick(name: str, **kwargs: int) -> bool:
    """Send the task ``name`` without retries; return whether the broker took it. Never raises."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    try:
        registered = current_app.tasks.get(name)
        if registered is not None:
            registered.apply_async(kwargs=kwargs, retry=False)
        else:
            current_app.send_task(name, kwargs=kwargs, retry=False)
    except Exception:  # whatever a transport raises: nothing of it may reach the person who saved
        _silent_until = time.monotonic() + PAUSE
        logger.warning("The broker did not take %s; beat will find what is pending.", name, exc_info=True)
        return False
    return True


def forget_failure() -> None:
    """Try again at once (tests, and workers that have just reached the broker)."""
    global _silent_until
    _silent_until = 0.0
