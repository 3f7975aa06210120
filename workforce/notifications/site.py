"""Addresses as they stand in messages, where there is no request."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """Return a path of this site with scheme and host before it."""
    return settings.SITE_URL.rstrip("/") + path


def open_address(notification_id: int) -> str:
    """Where a message leads: it marks the notification as read and goes on."""
    return absolute(reverse("notification-open", args=(notification_id,)))


def mail_domain() -> str:
    """The right half of our Message-IDs."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
