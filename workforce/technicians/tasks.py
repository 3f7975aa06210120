"""What runs by the clock, or after a commit. Each may run twice, and at the same time."""

from __future__ import annotations

from celery import shared_task
from django.db import InterfaceError, OperationalError

from workforce.technicians import services


@shared_task(acks_late=True)
def send_claim_letters() -> int:
    """Send the letters with claim links that are due."""
    return services.send_letters()


@shared_task(acks_late=True)
def erase_unclaimed_people() -> int:
    """Erase registered people whom nobody claimed in time."""
    return services.erase_overdue()


@shared_task(acks_late=True, autoretry_for=(OperationalError, InterfaceError), max_retries=5, retry_backoff=1)
def read_cv(*, reading_id: int) -> None:
    """Read one CV to its end."""
    services.read_cv(reading_id=reading_id)


@shared_task(acks_late=True)
def read_left_cvs() -> int:
    """Take up the CVs that a dead worker or a broker that was down left behind."""
    return services.read_left()


@shared_task(acks_late=True)
def forget_old_cvs() -> int:
    """Forget what was read in CVs a while ago."""
    return services.forget_old_cvs()


@shared_task(acks_late=True)
def relink_own_words() -> int:
    """Give own words for skills the skill that is called so today."""
    return services.relink_own_words()
