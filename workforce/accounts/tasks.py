"""Celery's side of accounts: sending codes and links. The rows say what is pending; beat sends what is left."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.conf import settings

from workforce.accounts import codes, limits, resets

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
def tell_of_change(*, user_id: int) -> None:
    """Tell a person by mail, if they have one, that phone or PIN were changed."""
    resets.tell_of_change(user_id=user_id)


@shared_task
def send_what_is_left() -> None:
    """Send codes and links that no worker has sent: the broker was down, or a worker was killed."""
    for code_id in codes.pending_codes():
        codes.deliver(code_id=code_id)
    for reset_id in resets.pending_mails():
        resets.send_reset_mail(reset_id=reset_id, site=settings.SITE_URL)


@shared_task
def forget_old_codes() -> None:
    """Delete codes and counts that are over."""
    codes.forget_old_codes()
    limits.forget_old_counts()


def kick(task: Any, **kwargs: int) -> None:
    """Have a worker do it now. Never raises: without a broker, beat finds what is pending."""
    try:
        task.apply_async(kwargs=kwargs, retry=False)
    except Exception:  # whatever a transport raises: nothing of it may reach the person who waits
        logger.warning("The broker did not take %s; beat will find what is pending.", task.name, exc_info=True)
