"""How often somebody may try what strangers could guess at."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import SimpleRateThrottle


class InvitationThrottle(SimpleRateThrottle):
    """Opening invitation links: so many by one account or, before log-in, from one address."""

    scope = "invitation"

    def get_rate(self) -> str | None:
        """The setting as it is now."""
        rate: str | None = settings.INVITATION_RATE
        return rate

    def get_cache_key(self, request: HttpRequest, view: object) -> str:
        """One count for each account, or address of a stranger."""
        if request.user.is_authenticated:
            ident = f"user-{request.user.pk}"
        else:
            ident = self.get_ident(request)  # type: ignore[arg-type]  # pages, not the API
        return self.cache_format % {"scope": self.scope, "ident": ident}


def refusal(request: HttpRequest, throttle: SimpleRateThrottle) -> HttpResponse | None:
    """Count this request; return the answer to give when it was one too many."""
    if throttle.allow_request(request, None):  # type: ignore[arg-type]
        return None
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(int(throttle.wait() or 60) + 1)
    return response
