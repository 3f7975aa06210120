"""Kiosk mode in every request: short sessions, and answers that leave nothing in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from workforce.accounts import kiosk
from workforce.accounts.kiosk import Kiosk

GetResponse = Callable[[HttpRequest], HttpResponse]
FORM = re.compile(rb"<form\b(?![^>]*\bautocomplete=)")
PASSWORD = re.compile(rb'autocomplete="(?:current|new)-password"')
ANY_FIELD = re.compile(rb'autocomplete="(?!off"|one-time-code"|new-password"|list"|both"|none")[^"]*"')


class KioskCleaner:
    """Stands before sessions and CSRF, so that it sees every cookie that an answer sets."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the mode, and tidy the answer up."""
        request.kiosk = kiosk.read_cookie(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if getattr(request, "kiosk_leaves_nothing", False):
            self._empty(request, response)
        if kiosk.of_request(request) is None:
            return response
        response.headers["Cache-Control"] = "no-store, private, max-age=0"
        patch_vary_headers(response, ("Cookie",))
        self._shorten_cookies(response)
        self._no_autocomplete(response)
        return response

    def _empty(self, request: HttpRequest, response: HttpResponse) -> None:
        """Cookies one by one, because the kiosk's own stays; the rest by the header that browsers have for it."""
        for name in {*request.COOKIES, *response.cookies} - {kiosk.COOKIE}:
            response.delete_cookie(name, samesite="Lax")
        response.headers["Clear-Site-Data"] = '"cache", "storage"'

    def _shorten_cookies(self, response: HttpResponse) -> None:
        """What a person chose, their language for one, goes with the window."""
        for name, morsel in response.cookies.items():
            if name != kiosk.COOKIE and morsel["max-age"] not in ("", 0):
                morsel["max-age"] = morsel["expires"] = ""

    def _no_autocomplete(self, response: HttpResponse) -> None:
        """The browser neither offers nor keeps what people write: in every form, also of other apps."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return
        content = FORM.sub(b'<form autocomplete="off"', response.content)
        content = PASSWORD.sub(b'autocomplete="new-password"', content)  # "off" is ignored by password managers
        response.content = ANY_FIELD.sub(b'autocomplete="off"', content)
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))


class KioskSessions:
    """Ends sessions that began on a shared tablet; comes after log-in and messages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a living session go on; end one that is over before any view sees it."""
        session = request.session
        if kiosk.of_request(request) is None:
            if settings.SESSION_COOKIE_NAME not in request.COOKIES or kiosk.BEGAN not in session:
                return self.get_response(request)
            request.kiosk = Kiosk(None)  # type: ignore[attr-defined]  # the cookie is gone, the session is the same
        if kiosk.is_over(session):
            was_somebody = request.user.is_authenticated
            logout(request)
            if was_somebody:
                kiosk.leave_nothing(request)
                if not request.path_info.startswith("/api/"):
                    return _to_the_start(request)
        before = request.user.pk
        response = self.get_response(request)
        self._after(request, before)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            return render(request, "accounts/kiosk_no_files.html", status=403)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The administration is not for a tablet that everybody passes by."""
        match = request.resolver_match
        if kiosk.of_request(request) is not None and match is not None and "admin" in match.namespaces:
            raise PermissionDenied
        return None

    def _after(self, request: HttpRequest, before: int | None) -> None:
        now = request.user.pk
        if before is not None and now is None:
            request.session.flush()
            kiosk.leave_nothing(request)
        elif request.session.keys():
            kiosk.touch(request.session, begins=now != before)


def _to_the_start(request: HttpRequest) -> HttpResponse:
    address = reverse("kiosk") + "?ended=1"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
