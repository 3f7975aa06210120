"""Who calls the API."""

from __future__ import annotations

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The web session with CSRF; unlike DRF's it answers 401, not 403, to strangers."""

    def authenticate_header(self, request: Request) -> str:
        """The challenge that turns "not authenticated" into a 401."""
        return 'Session realm="puente"'
