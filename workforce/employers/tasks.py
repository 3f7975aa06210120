"""What runs by the clock, or after a change that touches many roles."""

from __future__ import annotations

from celery import shared_task

from workforce.employers import services


@shared_task
def close_expired_roles() -> int:
    """Close roles past their closing date; running it twice changes nothing more."""
    return services.close_expired_roles()


@shared_task
def reindex_roles() -> int:
    """Bring the search columns up to the newest taxonomy; running it twice changes nothing more."""
    return services.reindex_stale_roles()
