"""Who may look after the taxonomy outside of the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from workforce.accounts.models import User


def can_review_phrases(user: User | AnonymousUser) -> bool:
    """Staff who may change skills in the admin."""
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm("skills.change_skill")
