"""Celery's side of accounts: sending codes and links. The rows say what is pending; beat sends what is left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.conf import settings

from workforce.accounts import codes, limits, resets
from workforce.core import kicks

logger = logging.getLogger(__name__)


@shared_task
def send_code(*, code_id: int) -> None:
    """Send one code by the gateway; a second run sends nothing. Never raises."""
    _try(codes.deliver, code_id=code_id)


@shared_task
def send_reset_mail(*, reset_id: int) -> None:
    """Mail one link to a new PIN; a second run sends nothing. Never raises."""
    _try(resets.send_reset_mail, reset_id=reset_id, site=settings.SITE_URL)


@shared_task
def send_what_is_left() -> None:
    """Send codes and links that no worker has sent: the broker was down, or a worker was killed."""
    for code_id in codes.pending_codes():
        send_code(code_id=code_id)
    for reset_id in resets.pending_mails():
        send_reset_mail(reset_id=reset_id)


@shared_task
def forget_old_codes() -> None:
    """Delete codes and counts that are over."""
    codes.forget_old_codes()
    limits.forget_old_counts()


def have_sent(task: Any, **kwargs: int) -> None:
    """Have a worker send it now; without a broker do it here, for beat cannot wake a worker either. Never raises."""
    if not kicks.kick(task.name, **kwargs):
        task.run(**kwargs)


def _try(send: Callable[..., bool], **kwargs: Any) -> None:
    try:
        send(**kwargs)
    except Exception as error:  # whatever a mail server or gateway raises: the row stays pending, the others are sent
        # The class only, and not left to Celery: what a server answers may hold the address, and logs outlive it.
        logger.warning("%s failed; it stays pending: %s", send.__name__, type(error).__name__)
