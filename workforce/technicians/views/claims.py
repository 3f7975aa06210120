"""The page that a claim link opens. Whoever has the link sees it: the link is the only key."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workforce.accounts.models import User
from workforce.accounts.throttles import ClaimThrottle, refusal
from workforce.core.errors import Conflict, DomainError, NotThere
from workforce.technicians import services
from workforce.technicians.forms.people import ClaimForm
from workforce.technicians.models import Intake, Technician, TechnicianSkill


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is held and by whom, and make it the profile of whoever is logged in."""
    if (too_many := refusal(request, ClaimThrottle())) is not None:
        return too_many
    if not isinstance(request.user, User) and request.method == "POST":
        return redirect_to_login(request.path)
    has_profile = isinstance(request.user, User) and Technician.objects.filter(user=request.user).exists()
    form = ClaimForm(request.POST if request.method == "POST" else None, has_profile=has_profile)
    try:
        if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
            discoverable = form.cleaned_data.get("discoverable", False)
            return _welcome(request, services.claim(user=request.user, token=token, discoverable=discoverable))
        return _show(request, token, form, has_profile)
    except NotThere as error:
        if isinstance(request.user, User) and services.has_claimed(user=request.user, token=token):
            return redirect("profile")
        return render(request, "technicians/claim_dead.html", {"error": error}, status=404)
    except Conflict as error:
        form.add_error(None, str(error))
        return _show(request, token, form, has_profile, status=409)


def _show(request: HttpRequest, token: str, form: ClaimForm, has_profile: bool, status: int = 0) -> HttpResponse:
    intake = services.find_claimable(token)
    context = {
        "intake": intake,
        "person": intake.technician,
        "phone": masked_phone(intake),
        "email": masked_email(intake),
        "skills": TechnicianSkill.objects.filter(technician=intake.technician_id).select_related("skill"),
        "form": form,
        "token": token,
        "has_profile": has_profile,
    }
    return render(request, "technicians/claim.html", context, status=status or (400 if form.errors else 200))


def _welcome(request: HttpRequest, claimed: services.Claimed) -> HttpResponse:
    if claimed.joined:
        text = _("What was registered is part of your profile now. What you had written yourself stays as it was.")
    else:
        text = _("The profile is yours now. Look it over, and change whatever you want.")
    messages.success(request, text)
    return redirect("profile")


@never_cache
@login_not_required
@require_POST
def claim_refuse(request: HttpRequest, token: str) -> HttpResponse:
    """This is somebody else: erase it."""
    if (too_many := refusal(request, ClaimThrottle())) is not None:
        return too_many
    try:
        services.refuse(token=token)
    except DomainError as error:
        return render(request, "technicians/claim_dead.html", {"error": error}, status=404)
    return render(request, "technicians/claim_refused.html")


def masked_phone(intake: Intake) -> str:
    """The last digits: the person knows the number, and whoever got the link by mistake must not learn it."""
    return f"••• {intake.phone[-3:]}" if intake.phone else ""


def masked_email(intake: Intake) -> str:
    """First letter and domain, for the same reason."""
    name, _at, domain = intake.email.partition("@")
    return f"{name[:1]}•••@{domain}" if intake.email else ""
