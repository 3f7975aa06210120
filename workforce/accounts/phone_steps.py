"""What the pages on the way in by phone share: each step asks the session what the step before has proved."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import Any, Protocol

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from workforce.accounts import codes, kiosk, known_browsers, pending, tasks
from workforce.accounts.choices import CodePurpose
from workforce.accounts.limits import address_of
from workforce.accounts.models import User
from workforce.accounts.pending import Pending
from workforce.core.returning import own_address

GET_POST = ["GET", "HEAD", "POST"]
SHARED_SESSION = timedelta(hours=2)  # without a click; the next of the family may open the same browser


class Step(Protocol):
    """A view that goes on from a proved number."""

    def __call__(self, request: HttpRequest, way: Pending) -> HttpResponse: ...


def proved_step(step: Step) -> Any:
    """Let in only who has just proved a number in this session; others begin anew."""

    @wraps(step)
    def view(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        way = pending.proved(request)
        if way is None:
            messages.info(request, _("That took a while. Write your phone again."))
            return redirect("phone-start")
        return step(request, way)

    guarded = require_http_methods(GET_POST)(never_cache(view))
    return login_not_required(sensitive_post_parameters("secret", "pin", "pin_again", "help_code")(guarded))


def safe_next(request: HttpRequest) -> str:
    """Return where to go after the log-in, if that is on this site."""
    return own_address(request, request.POST.get("next"), request.GET.get("next"))


def reader_language() -> str:
    """Return the language of the page."""
    return "en" if (get_language() or "").startswith("en") else "es"


def send_code(request: HttpRequest, e164: str, purpose: CodePurpose, *, next_: str = "", user_id: int = 0) -> None:
    """Ask for a code in this session and have it sent. Raises Conflict past a limit."""
    asked = codes.ask_for_code(
        e164=e164,
        purpose=purpose,
        language=reader_language(),
        address="" if kiosk.is_trusted(request) else address_of(request),
        browser=known_browsers.browser_of(request, e164),
    )
    pending.keep(request, Pending(e164, asked.code_id, asked.token, purpose, next=next_, user_id=user_id))
    tasks.have_sent(tasks.send_code, code_id=asked.code_id)


def enter(request: HttpRequest, user: User, way: Pending) -> HttpResponse:
    """Log in under a new session key, by way of allauth's stages: a second factor is asked for there."""
    pending.forget(request)
    record_authentication(request, user, method="phone")
    login = Login(user=user, email_verification=EmailVerificationMethod.NONE, redirect_url=way.next or None)
    answer: HttpResponse = perform_login(request, login)
    if user.phone is not None and user.phone.shared_at is not None:
        request.session.set_expiry(SHARED_SESSION)
    if kiosk.of_request(request) is None:
        known_browsers.mark(request, answer, way.e164)
    return answer
