"""Who may look after what people ask about their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from workforce.accounts.models import User


def can_answer_requests(user: User | AnonymousUser) -> bool:
    """Staff, whatever else they may do in the admin."""
    return user.is_authenticated and user.is_active and user.is_staff
