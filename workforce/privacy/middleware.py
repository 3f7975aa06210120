"""Leads people to what they must see first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workforce.accounts import second_factor
from workforce.core.api.problems import problem_response
from workforce.privacy import gate

API = "/api/"
ALWAYS_OPEN = frozenset({"account_logout", "set-language", "privacy-notice", "health-live", "health-ready"})
ALWAYS_OPEN |= {"kiosk", "kiosk-done", "kiosk-over", "kiosk-stay"}  # the ways out of a shared tablet
OPEN_WHEN_BLOCKED = ALWAYS_OPEN | {"erasure-waiting", "erasure-cancel", "my-data", "my-data-file"}
OPEN_WHEN_ASKED = ALWAYS_OPEN | {"privacy-start", "my-data", "my-data-file", "erasure"}


class PrivacyGate:
    """An account that is to be erased may only be kept; a new version of the notice is shown before the next page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; what there is to do is done once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """Send the reader elsewhere first, or let the view answer (None).

        Whoever still has to show a second factor is left to ``SecondFactorMiddleware``, which lets nothing else
        through: with both sending the reader to a page of their own neither would ever be reached.
        """
        answer = self._elsewhere(request)
        if answer is not None and second_factor.is_due(request.session, request.user):
            return None
        return answer

    def _elsewhere(self, request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated or request.resolver_match is None:
            return None
        name = request.resolver_match.url_name
        for_api = request.path_info.startswith(API)
        if request.session.get(gate.ERASURE):
            if name in OPEN_WHEN_BLOCKED:
                return None
            if for_api:
                message = _("This account is going to be deleted. Log in on the site to keep it.")
                return problem_response(request, "permission_denied", message)
            return redirect("erasure-waiting")
        if for_api or name in OPEN_WHEN_ASKED or not _is_visit(request):
            return None
        if gate.is_old(request.session):
            gate.look(request.session, request.user)
        if request.session.get(gate.ASK):
            return redirect(f"{reverse('privacy-start')}?{urlencode({'next': request.get_full_path()})}")
        return None


def _is_visit(request: HttpRequest) -> bool:
    """Whether somebody opens a page: nothing that they were just sending is lost, and no fragment is replaced."""
    return request.method == "GET" and "HX-Request" not in request.headers
