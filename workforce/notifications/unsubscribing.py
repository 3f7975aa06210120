"""The link that turns mails off without a log-in: signed, and good for one person and one category."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from workforce.accounts.models import User
from workforce.notifications.choices import Category
from workforce.notifications.preferences import FIXED
from workforce.notifications.services import SUMMARY
from workforce.notifications.site import absolute

SALT = "notifications.unsubscribe"
WHAT = frozenset({SUMMARY, *Category.values}) - FIXED


def unsubscribe_address(user_id: int, what: str) -> str:
    """Return the address that turns off the mails of a category, or of the summaries; it does not grow old."""
    token = signing.dumps([user_id, str(what)], salt=SALT)
    return absolute(reverse("unsubscribe", args=(token,)))


def read_token(token: str) -> tuple[User, str] | None:
    """Return whose mails a link turns off, and which; None for one that we did not make."""
    try:
        user_id, what = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return (user, what) if user is not None and what in WHAT else None
