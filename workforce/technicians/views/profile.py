"""My profile, and what employers see of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workforce.accounts.services import PersonNames
from workforce.technicians import services
from workforce.technicians.cards import blind_card
from workforce.technicians.forms.conflicts import Difference, save_or_compare
from workforce.technicians.forms.profile import ProfileForm
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.technicians.views.own import own_technician, reader, with_profile


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and save who I am and what I look for; a newcomer goes on to the skills."""
    technician = own_technician(request)
    form = ProfileForm(request.POST or None, instance=technician)
    is_new = _is_new(technician)
    context: dict[str, Any] = {"form": form, "technician": technician, "is_new": is_new, "differences": []}
    if request.method == "POST" and form.is_valid():
        context["differences"] = _save(request, technician, form)
        if not context["differences"]:
            if is_new:
                return redirect("profile-skills")
            messages.success(request, _("Your profile is saved."))
            return redirect("profile")
    status = 409 if context["differences"] else 200
    return render(request, "technicians/profile_form.html", context, status=status)


def _is_new(technician: Technician | None) -> bool:
    return technician is None or not TechnicianSkill.objects.filter(technician=technician).exists()


def _save(request: HttpRequest, technician: Technician | None, form: ProfileForm) -> list[Difference]:
    """Save the form; return what stands against it."""
    if technician is None:
        data = form.cleaned_data
        names = PersonNames(data["given_names"], data["paternal"], data["maternal"])
        technician = services.create_technician(user=reader(request), names=names)
    pk, values = technician.pk, form.values()
    return save_or_compare(
        form,
        lambda: ProfileForm(request.POST, instance=own_technician(request)),
        lambda revision: services.save_profile(technician_id=pk, revision=revision, values=values),
    )


@require_safe
@with_profile
def profile_preview(request: HttpRequest, technician: Technician) -> HttpResponse:
    """Show what an employer sees of me before I apply."""
    card = blind_card(Technician.objects.for_cards().get(pk=technician.pk))
    return render(request, "technicians/card_detail.html", {"card": card, "technician": technician})
