"""A new PIN for somebody who forgot it, and an account for somebody who lost the number."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from workforce.accounts import kiosk, pending, people, resets, tasks
from workforce.accounts.limits import Limit, address_of, take
from workforce.accounts.pending import Pending
from workforce.accounts.phone_forms import HelpCodeForm, NewPinForm
from workforce.accounts.phone_steps import GET_POST, enter, proved_step
from workforce.core.errors import DomainError

HELP_TRIES = 10
HOUR = 3600


@proved_step
def forgot(request: HttpRequest, way: Pending) -> HttpResponse:
    """Say which ways lead to a new PIN, and start them."""
    user = pending.chosen(way)
    if user is None:
        return redirect("phone-who")
    if request.method == "POST":
        for reset_id in resets.ask_for_new_pin(user_id=user.pk):
            tasks.have_sent(tasks.send_reset_mail, reset_id=reset_id)
        pending.keep(request, replace(way, asked=True))
        return redirect("phone-forgot")
    context = {
        "name": people.label_of(user),
        "asked": way.asked,
        "shared": settings.PHONE_RESET_WAIT_HOURS == 0 or user.phone is None or user.phone.shared_at is not None,
        "hours": settings.PHONE_RESET_WAIT_HOURS,
        "waiting": resets.waiting_of(user),
    }
    return render(request, "accounts/phone/forgot.html", context)


@proved_step
def new_pin(request: HttpRequest, way: Pending) -> HttpResponse:
    """Set the new PIN after the wait; the number was proved once more."""
    user = pending.chosen(way)
    reset = resets.waiting_of(user) if user is not None else None
    if reset is None or not resets.is_ready(reset):
        return redirect("phone-who")
    form = NewPinForm(request.POST or None, e164=way.e164)
    if request.method == "POST" and form.is_valid():
        try:
            user = resets.finish_reset(reset_id=reset.pk, pin=form.cleaned_data["pin"])
        except DomainError as error:
            form.show(error)
        else:
            return enter(request, user, way)
    return render(request, "accounts/phone/new_pin.html", {"form": form})


@proved_step
def with_help(request: HttpRequest, way: Pending) -> HttpResponse:
    """Take a help code from staff: the account moves to the proved number, with a new PIN."""
    form = HelpCodeForm(request.POST or None, e164=way.e164)
    if request.method == "POST" and form.is_valid():
        tries = [Limit("help-code", way.e164, HELP_TRIES, HOUR)]
        if not kiosk.is_trusted(request):
            tries.append(Limit("help-code-address", address_of(request), HELP_TRIES, HOUR))
        if take(tries) is not None:
            form.add_error(None, _("Too many tries. Wait an hour."))
        else:
            try:
                reset = resets.reset_by_help_code(form.cleaned_data["help_code"])
                user = resets.finish_reset(reset_id=reset.pk, pin=form.cleaned_data["pin"], e164=way.e164)
            except DomainError as error:
                form.show(error)
            else:
                return enter(request, user, way)
    return render(request, "accounts/phone/help.html", {"form": form})


@login_not_required
@require_http_methods(GET_POST)
@never_cache
@sensitive_post_parameters("pin", "pin_again")
def pin_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new PIN by the link in a mail. It logs nobody in: a phone and the new PIN do."""
    reset = resets.reset_by_link(token)
    if reset is None:
        return render(request, "accounts/phone/link_over.html", status=404)
    phone = reset.user.phone
    form = NewPinForm(request.POST or None, e164=phone.e164 if phone else "")
    if request.method == "POST" and form.is_valid():
        try:
            resets.finish_reset(reset_id=reset.pk, pin=form.cleaned_data["pin"])
        except DomainError as error:
            form.show(error)
        else:
            messages.success(request, _("Your PIN is changed. Use the new one from now on."))
            return redirect("account_login")
    return render(request, "accounts/phone/new_pin.html", {"form": form})
