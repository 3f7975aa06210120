"""The notice: a public page, and the page that asks for consent before the next one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from workforce.accounts.models import User
from workforce.accounts.notices import current_notice, parts_of
from workforce.core.returning import own_address
from workforce.privacy import gate
from workforce.privacy.forms import ConsentForm
from workforce.privacy.views.common import profile_of, reader
from workforce.technicians.choices import ConsentSource, Purpose
from workforce.technicians.models import Consent, Technician
from workforce.technicians.services import purposes_of, save_consents


@login_not_required
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What we tell everybody about their data."""
    found = current_notice()
    context = {"notice": found, "parts": parts_of(found.text_in(get_language() or "es")) if found else []}
    return render(request, "privacy/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show the notice in force, and ask for each voluntary purpose by itself."""
    user, found = reader(request), current_notice()
    address = _next(request)
    if found is None:
        return redirect(address)
    technician = profile_of(user)
    form = ConsentForm(request.POST if request.method == "POST" else None, given=_chosen(user, technician))
    if request.method == "POST" and form.is_valid():
        choices = form.choices if technician else {}
        save_consents(
            user=user, notice=found, choices={Purpose.SERVICE.value: True, **choices}, source=ConsentSource.START
        )
        request.session[gate.ASK] = False
        return redirect(address)
    context = {
        "notice": found,
        "parts": parts_of(found.text_in(get_language() or "es")),
        "form": form if technician else None,
        "next": address,
        "is_new_version": Consent.objects.filter(user=user).exists(),
    }
    return render(request, "privacy/start.html", context)


def _next(request: HttpRequest) -> str:
    return own_address(request, request.POST.get("next"), request.GET.get("next")) or reverse("after-login")


def _chosen(user: User, technician: Technician | None) -> set[str]:
    """What is ticked already: what was chosen before, never what nobody chose.

    Whoever was never asked has chosen to be found if they saved their profile, whose form has that very box.
    """
    if Consent.objects.filter(user=user).exists():
        return purposes_of(user)
    if technician is not None and technician.revision > 1 and technician.discoverable:
        return {Purpose.DISCOVERY.value}
    return set()
