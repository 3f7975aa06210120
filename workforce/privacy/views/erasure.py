"""Deleting an account, and keeping it after all."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts.confirming import is_confirmed
from workforce.core.errors import DomainError, InvalidInput
from workforce.privacy import gate, services
from workforce.privacy.forms import ErasureForm
from workforce.privacy.models import DataRequest
from workforce.privacy.views.common import reader


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest) -> HttpResponse:
    """Say what deleting means, ask for the password once more, and do it."""
    user = reader(request)
    has_password = user.has_usable_password()
    if user.pin and not has_password and not is_confirmed(request):  # a session may be left open on a shared phone
        return redirect(f"{reverse('account-confirm')}?{urlencode({'next': request.path})}")
    form = ErasureForm(request.POST if request.method == "POST" else None, has_password=has_password)
    if request.method == "POST" and form.is_valid():
        try:
            made = _request(request, form.cleaned_data["password"] if has_password else None)
        except DomainError as error:
            form.add_error("password" if "password" in error.errors else None, str(error))
        else:
            logout(request)
            text = _("Your account is closed. We keep it until %(day)s; log in before then if you change your mind.")
            messages.success(request, text % {"day": _day(made.due)})
            return redirect("home")
    context = {"form": form, "days": settings.PRIVACY_ERASE_AFTER_DAYS}
    return render(request, "privacy/erasure.html", context, status=400 if form.errors else 200)


def _request(request: HttpRequest, password: str | None) -> DataRequest:
    """Make sure that it is the person, and ask for the erasure."""
    user = reader(request)
    if password is not None:
        services.check_password(user=user, password=password)
    elif not user.pin and not gate.is_recent(request.session):
        raise InvalidInput("log_in_again", _("Log out, log in again, and come back within ten minutes."))
    return services.request_erasure(user=user, password=password)


@require_safe
def erasure_waiting(request: HttpRequest) -> HttpResponse:
    """Say until when the account can be kept; the one page there is for it now."""
    found = DataRequest.objects.erasures_of(reader(request)).first()
    if found is None:
        gate.forget_erasure(request.session)
        return redirect("after-login")
    return render(request, "privacy/erasure_waiting.html", {"request_made": found, "day": _day(found.due)})


@require_POST
def erasure_cancel(request: HttpRequest) -> HttpResponse:
    """Keep the account."""
    if services.cancel_erasure(user=reader(request)):
        messages.success(request, _("We are glad that you stay. Everything is as it was."))
    return redirect("erasure-waiting")


def _day(moment: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
