"""My privacy: what I agreed to, who may see me, who did, and what I can do about it."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workforce.accounts.notices import current_notice
from workforce.privacy import services
from workforce.privacy.exporting import export_data, export_groups
from workforce.privacy.forms import AskForm, ConsentForm
from workforce.privacy.models import DataRequest
from workforce.privacy.views.common import person_of, profile_of, reader
from workforce.technicians.choices import ConsentSource
from workforce.technicians.models import Consent, Grant
from workforce.technicians.services import pause_profile, purposes_of, resume_profile, save_consents

LOOKED = 50


@require_safe
def my_privacy(request: HttpRequest) -> HttpResponse:
    """Everything about my data on one page."""
    user = reader(request)
    technician = profile_of(user)
    context = {
        "technician": technician,
        "notice": current_notice(),
        "consents": Consent.objects.in_force().filter(user=user).select_related("notice"),
        "consent_form": ConsentForm(given=purposes_of(user)) if technician else None,
        "grants": (
            Grant.objects.in_force().filter(technician=technician).select_related("organization").order_by("-pk")
            if technician
            else []
        ),
        "looked": technician.access_log.select_related("organization")[:LOOKED] if technician else [],
        "ask_form": AskForm(),
        "asked": DataRequest.objects.filter(user=user).order_by("-requested_at", "-pk"),
    }
    return render(request, "privacy/my_privacy.html", context)


@require_POST
def consents(request: HttpRequest) -> HttpResponse:
    """Keep what I agree to."""
    user = reader(request)
    form = ConsentForm(request.POST, given=set())
    if profile_of(user) is not None and form.is_valid():
        save_consents(user=user, notice=current_notice(), choices=form.choices, source=ConsentSource.PRIVACY)
        messages.success(request, _("Saved. It counts from now on."))
    return redirect("my-privacy")


@require_POST
def grant_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a leave back; twice is the same as once."""
    get_object_or_404(Grant, pk=pk, technician__user=reader(request))
    if services.revoke_grant(user=reader(request), grant_id=pk):
        messages.success(request, _("Done: they no longer see it."))
    return redirect("my-privacy")


@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Leave all lists, or come back to them."""
    technician = profile_of(reader(request))
    if technician is not None:
        if "resume" in request.POST:
            if resume_profile(technician_id=technician.pk):
                messages.success(request, _("Your profile is active again."))
        elif pause_profile(technician_id=technician.pk):
            messages.success(request, _("Your profile is paused: nobody finds you in any list."))
    return redirect("my-privacy")


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask staff for what the page does not offer."""
    form = AskForm(request.POST)
    if form.is_valid():
        made = services.ask(user=reader(request), **form.cleaned_data)
        text = _("We have your request. We answer by %(day)s at the latest.")
        messages.success(request, text % {"day": timezone.localtime(made.due).strftime("%d/%m/%Y")})
    else:
        messages.error(request, _("Tell us in a few words what you need."))
    return redirect("my-privacy")


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """All that there is of me, to read."""
    return render(request, "privacy/my_data.html", {"groups": export_groups(person_of(reader(request)))})


@require_safe
def my_data_file(request: HttpRequest) -> HttpResponse:
    """All that there is of me, as a file."""
    body = json.dumps(export_data(person_of(reader(request))), ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="puente.json"'
    response["Cache-Control"] = "no-store"
    return response
