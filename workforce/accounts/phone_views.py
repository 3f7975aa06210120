"""The way in by phone, first half: the number and the code."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workforce.accounts import codes, gateway, pending, people
from workforce.accounts.choices import CodePurpose
from workforce.accounts.models import PhoneCode
from workforce.accounts.numbers import spaced
from workforce.accounts.pending import Pending
from workforce.accounts.phone_forms import CodeForm, PhoneForm
from workforce.accounts.phone_steps import GET_POST, safe_next, send_code
from workforce.core.errors import DomainError


@login_not_required
@require_http_methods(GET_POST)
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the number. The answer is the same whether anybody has it or not."""
    if not gateway.can_send():
        raise Http404
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_code(request, form.cleaned_data["phone"], CodePurpose.ENTER, next_=safe_next(request))
        except DomainError as error:
            form.show(error)
        else:
            return redirect("phone-code")
    return render(request, "accounts/phone/start.html", {"form": form, "next": safe_next(request)})


@login_not_required
@require_http_methods(GET_POST)
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Take the code: for logging in, or for the new number of somebody who is logged in."""
    way = pending.read(request)
    changing = way is not None and way.purpose == CodePurpose.CHANGE
    if way is None or changing != request.user.is_authenticated or (changing and way.user_id != request.user.pk):
        pending.forget(request)
        return redirect("account-phone" if request.user.is_authenticated else "phone-start")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = codes.check_code(
            code_id=way.code_id,
            token=way.token,
            purpose=CodePurpose(way.purpose),
            typed=form.cleaned_data["code"],
        )
        if verdict is codes.Verdict.RIGHT:
            return _go_on(request, way)
        wrong = _("That code is not right. Look at the newest text that we sent.")
        over = _("That code is over. Ask for a new one.")
        form.add_error("code", wrong if verdict is codes.Verdict.WRONG else over)
    shown = codes.code_of(PhoneCode.objects.get(pk=way.code_id)) if settings.DEMO and way.token else ""
    context = {"form": form, "number": spaced(way.e164), "demo_code": shown, "changing": changing}
    return render(request, "accounts/phone/code.html", context)


def _go_on(request: HttpRequest, way: Pending) -> HttpResponse:
    if way.purpose == CodePurpose.ENTER:
        pending.prove(request, way)
        return redirect("phone-who" if people.people_on(way.e164) else "phone-register")
    pending.forget(request)
    try:
        changed = people.change_phone(user_id=way.user_id, code_id=way.code_id)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("account-phone")
    update_session_auth_hash(request, changed)
    messages.success(request, _("Your phone is changed. You are logged out everywhere else."))
    return redirect("my-account")


@login_not_required
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Send another code to the same number; the one before is over for this session."""
    way = pending.read(request)
    if way is None or way.proved_at:
        return redirect("phone-start")
    try:
        send_code(request, way.e164, CodePurpose(way.purpose), next_=way.next, user_id=way.user_id)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("A new code is on its way. The one before is over."))
    return redirect("phone-code")
