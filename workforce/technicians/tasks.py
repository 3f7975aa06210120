"""What runs by the clock, or after a commit. Each may run twice, and at the same time."""

from __future__ import annotations

from celery import shared_task

from workforce.technicians import services


@shared_task(acks_late=True)
def send_claim_letters() -> int:
    """Send the letters with claim links that are due."""
    return services.send_letters()


@shared_task(acks_late=True)
def erase_unclaimed_people() -> int:
    """Erase registered people whom nobody claimed in time."""
    return services.erase_overdue()
