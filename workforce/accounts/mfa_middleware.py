"""Nobody who needs a second factor gets a page or an API answer before it was shown in this session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from workforce.accounts import second_factor
from workforce.core.api.problems import problem_response
from workforce.core.returning import own_address

API = "/api/"
# Always open: the way out, and what says nothing of anybody. Without an app also what setting one up needs.
OPEN = frozenset({"account_logout", "set-language", "health-live", "health-ready", "mfa_reauthenticate"})
OPEN |= {"kiosk", "kiosk-done", "kiosk-over", "kiosk-stay", "schema", "api-docs", "api-problems", "api-problem"}
TO_SET_UP = frozenset({"mfa_index", "mfa_activate_totp", "account_reauthenticate"})
# A new address must be confirmed, or a wrong one removed, before an app can be set up.
TO_SET_UP |= {"account_email", "account_confirm_email", "account_email_verification_sent", "account-confirm"}


class SecondFactorMiddleware:
    """Leads to the set-up, or asks for the code; the API says so with 403. Costs others no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; pages about the second factor are kept by no cache."""
        response = self.get_response(request)
        if _route(request).startswith("mfa_"):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer instead of the view where a second factor is needed and was not shown."""
        user: Any = request.user
        route = _route(request)
        if not second_factor.is_required(user) or route in OPEN:
            return None
        app = second_factor.app_of(user)
        if second_factor.has_shown(request.session, app) or (app is None and route in TO_SET_UP):
            return None
        return _refuse(request, "mfa_activate_totp" if app is None else "mfa_reauthenticate")


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or "") if match else ""


def _refuse(request: HttpRequest, to: str) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_response(request, "second_factor_required")
    address = reverse(to)
    if (back := _page_to_return_to(request)) and to == "mfa_reauthenticate":
        address += "?" + urlencode({"next": back})
    if to == "mfa_activate_totp":
        messages.warning(request, _("Your account needs a two-step log-in. Set it up now; it takes two minutes."))
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_to_return_to(request: HttpRequest) -> str:
    return own_address(request, request.get_full_path()) if request.method == "GET" else ""
