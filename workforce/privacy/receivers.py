"""What privacy does when others tell something."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from workforce.accounts.models import User
from workforce.privacy import gate


@receiver(user_logged_in, dispatch_uid="what-a-session-must-see-first")
def at_login(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """A new session learns what it must see first."""
    if request is not None and hasattr(request, "session"):
        gate.note_login(request.session, user)
