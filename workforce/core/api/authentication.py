"""Who calls the API."""

from __future__ import annotations

from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from workforce.core.api.problems import ApiProblem


class SessionAuthentication(authentication.SessionAuthentication):
    """The web session with CSRF; unlike DRF's it answers 401, not 403, to strangers."""

    def authenticate_header(self, request: Request) -> str:
        """The challenge that turns "not authenticated" into a 401."""
        return 'Session realm="puente"'

    def enforce_csrf(self, request: Request) -> None:
        """Refuse a write without the token of the page, with a code of its own."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise ApiProblem("csrf_failed") from error
