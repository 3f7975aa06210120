"""What the header of every page says of the inbox."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from workforce.notifications.models import Notification

MANY = 100
"""More are not counted: the header says 99+."""


def unread_count(request: HttpRequest) -> int:
    """Return how many the reader has not opened, counted no further than 100; one query a request."""
    if not hasattr(request, "_unread_count"):
        count = 0
        if (user := getattr(request, "user", None)) is not None and user.is_authenticated:
            count = len(Notification.objects.of(user).unread().order_by().values_list("pk", flat=True)[:MANY])
        request._unread_count = count  # type: ignore[attr-defined]
    return int(request._unread_count)  # type: ignore[attr-defined]


def inbox(request: HttpRequest) -> dict[str, Any]:
    """Offer the number of unread notifications as text, empty for none.

    It is counted when a template first asks, so a fragment pays nothing.
    """
    return {"inbox_unread": SimpleLazyObject(lambda: _told(unread_count(request)))}


def _told(count: int) -> str:
    return "" if not count else str(count) if count < MANY else f"{MANY - 1}+"
