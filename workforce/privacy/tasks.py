"""Celery's side of privacy."""

from celery import shared_task

from workforce.privacy.erasing import erase_due


@shared_task(acks_late=True)
def erase_due_accounts() -> None:
    """Erase whoever asked for it and has not taken it back in time."""
    erase_due()
