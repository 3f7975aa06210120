"""PIN or password once more, before what would let somebody else in for good.

A session that was left open on a shared phone must not be enough to add one's own e-mail, and with it take the account.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

KEY = "secret_confirmed_at"
LIFE = timedelta(minutes=10).total_seconds()
GUARDED = frozenset({"account_email", "account_set_password"})


def confirm(request: HttpRequest) -> None:
    """Note that the person has just given PIN or password."""
    request.session[KEY] = timezone.now().timestamp()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the person gave PIN or password in this session a moment ago."""
    return 0 <= timezone.now().timestamp() - float(request.session.get(KEY, 0)) < LIFE


class ConfirmSecretMiddleware:
    """Asks people who log in by phone for PIN or password before pages of allauth that know only passwords."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send whoever has not confirmed lately to do so, and back."""
        match = request.resolver_match
        if match is None or match.url_name not in GUARDED or not request.user.is_authenticated:
            return None
        if request.user.phone_id is None or is_confirmed(request):
            return None
        return redirect(f"{reverse('account-confirm')}?{urlencode({'next': request.path})}")
