"""Celery's side of accounts: sending codes and links. The rows say what is pending; beat sends what is left."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.conf import settings

from workforce.accounts import codes, limits, resets
from workforce.core import kicks

logger = logging.getLogger(__name__)


@shared_task
def send_code(*, code_id: int) -> None:
    """Send one code by the gateway; a second run sends nothing."""
    codes.deliver(code_id=code_id)


@shared_task
def send_reset_mail(*, reset_id: int) -> None:
    """Mail one link to a new PIN; a second run sends nothing."""
    resets.send_reset_mail(reset_id=reset_id, site=settings.SITE_URL)


@shared_task
def send_what_is_left() -> None:
    """Send codes and links that no worker has sent: the broker was down, or a worker was killed."""
    for code_id in codes.pending_codes():
        codes.deliver(code_id=code_id)
    for reset_id in resets.pending_mails():
        _try(send_reset_mail, reset_id=reset_id)  # one that fails does not hold up the others


@shared_task
def forget_old_codes() -> None:
    """Delete codes and counts that are over."""
    codes.forget_old_codes()
    limits.forget_old_counts()


def have_sent(task: Any, **kwargs: int) -> None:
    """Have a worker send it now; without a broker do it here, for beat cannot wake a worker either. Never raises."""
    if not kicks.kick(task.name, **kwargs):
        _try(task, **kwargs)


def _try(task: Any, **kwargs: int) -> None:
    try:
        task.run(**kwargs)
    except Exception:  # whatever a mail server or gateway raises: the row stays pending, the person goes on
        logger.warning("%s failed; it stays pending.", task.name, exc_info=True)
