"""Where people land after they log in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from workforce.accounts.models import Organization
from workforce.technicians.models import TechnicianSkill
from workforce.technicians.views.own import address_of, own_technician, reader


@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Staff go to the admin, members to their organization, job seekers to their matches or to what is missing."""
    user = reader(request)
    if user.is_staff:
        return redirect("admin:index")
    organization = Organization.objects.of_member(user).order_by("name", "pk").first()
    if organization is not None:
        return redirect("organization-home", slug=organization.slug)
    technician = own_technician(request)
    if technician is not None and TechnicianSkill.objects.filter(technician=technician).exists():
        return redirect(address_of("my-matches", "profile"))
    return redirect("profile")
