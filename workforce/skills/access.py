"""Who may look after the taxonomy outside of the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from workforce.accounts.models import User


def can_review_phrases(user: User | AnonymousUser) -> bool:
    """Staff, whatever else they may do in the admin: nothing of it is lost, and all of it is in the history."""
    return user.is_authenticated and user.is_active and user.is_staff
