"""What accounts add to the header."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.core.navigation import NavItem


def staff_items(request: HttpRequest) -> Iterable[NavItem]:
    """Staff who verify organizations find their queue."""
    if access.can_verify(request.user):
        yield NavItem(_("Verification"), "staff-verification", "check", order=60)
