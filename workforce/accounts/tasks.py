"""Celery's side of accounts: sending codes and links. The rows say what is pending; beat sends what is left."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.conf import settings

from workforce.accounts import codes, limits, resets
from workforce.core import kicks


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


def kick(task: Any, **kwargs: int) -> bool:
    """Have a worker do it now; return whether the broker took it. Never raises: beat finds what is pending."""
    return kicks.kick(task.name, **kwargs)
