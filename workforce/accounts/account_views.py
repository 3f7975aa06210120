"""/me/account/: how I log in, and ending my sessions."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts import confirming, gateway, people, resets
from workforce.accounts.choices import CodePurpose
from workforce.accounts.models import User
from workforce.accounts.phone_forms import ChangePhoneForm, ChangePinForm, SecretForm
from workforce.accounts.phone_steps import GET_POST, safe_next, send_code
from workforce.core.errors import DomainError


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show what the account is known by."""
    user = cast(User, request.user)
    context = {
        "phone": user.phone,
        "can_phone": gateway.can_send(),
        "has_password": user.has_usable_password(),
        "waiting": resets.waiting_of(user),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(GET_POST)
@never_cache
@sensitive_post_parameters("secret")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for PIN or password once more, and go on to what asked for it."""
    form = SecretForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.check_secret(user=cast(User, request.user), typed=form.cleaned_data["secret"])
        except DomainError as error:
            form.show(error)
        else:
            confirming.confirm(request)
            return redirect(safe_next(request) or "my-account")
    return render(request, "accounts/account_confirm.html", {"form": form, "next": safe_next(request)})


@require_http_methods(GET_POST)
@never_cache
@sensitive_post_parameters("secret")
def change_phone(request: HttpRequest) -> HttpResponse:
    """Ask for PIN or password again and for the new number; the code that goes there finishes it."""
    user = cast(User, request.user)
    form = ChangePhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.check_secret(user=user, typed=form.cleaned_data["secret"])
            send_code(request, form.cleaned_data["phone"], CodePurpose.CHANGE, user_id=user.pk)
        except DomainError as error:
            form.show(error)
        else:
            return redirect("phone-code")
    return render(request, "accounts/account_phone.html", {"form": form, "phone": user.phone})


@require_http_methods(GET_POST)
@never_cache
@sensitive_post_parameters("secret", "pin", "pin_again")
def change_pin(request: HttpRequest) -> HttpResponse:
    """Ask for PIN or password again and for the new PIN; other sessions end."""
    user = cast(User, request.user)
    e164 = user.phone.e164 if user.phone else ""
    form = ChangePinForm(request.POST or None, e164=e164)
    if request.method == "POST" and form.is_valid():
        try:
            people.check_secret(user=user, typed=form.cleaned_data["secret"])
            changed = people.set_pin(user=user, pin=form.cleaned_data["pin"])
        except DomainError as error:
            form.show(error)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("Your PIN is changed. Use the new one from now on."))
            return redirect("my-account")
    return render(request, "accounts/account_pin.html", {"form": form})


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Log the person out everywhere but here."""
    update_session_auth_hash(request, people.end_sessions(user=cast(User, request.user)))
    messages.success(request, _("You are logged out everywhere else."))
    return redirect("my-account")
