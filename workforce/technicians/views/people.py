"""Whom an organization registered and who have no account yet: the list, adding one, links, taking off."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts.access import Act
from workforce.accounts.members_views import organization_for
from workforce.accounts.models import Organization, User
from workforce.core.errors import DomainError, NotThere
from workforce.technicians import access, services
from workforce.technicians.forms.people import PersonForm
from workforce.technicians.models import Intake, TechnicianSkill

PAGE = 25


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The list. How to reach somebody is for those who keep it."""
    organization, user = organization_for(request, slug, Act.LOOK)
    query = request.GET.get("q", "").strip()[:100]
    context = {
        "organization": organization,
        "page": Paginator(Intake.objects.waiting_at(organization, query), PAGE).get_page(request.GET.get("page")),
        "query": query,
        "may_keep": access.can_keep_people(user, organization),
    }
    return render(request, "technicians/people_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Register one person; without an e-mail the answer is the link to hand over."""
    organization, user = organization_for(request, slug, Act.KEEP_PEOPLE)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            intake = services.register_unclaimed(actor=user, organization=organization, **form.values())
            if intake.email:
                messages.success(request, _("The person is registered, and gets a letter with the link."))
                return redirect("person-detail", slug=slug, pk=intake.pk)
            return _show_link(request, organization, user, intake.pk, 0)
        except DomainError as error:
            form.show(error)
    context = {"organization": organization, "form": form}
    return render(request, "technicians/person_form.html", context, status=400 if form.errors else 200)


@require_safe
def person_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is held of one person, and what may be done about it."""
    organization, user = organization_for(request, slug, Act.LOOK)
    intake = get_object_or_404(Intake.objects.waiting_at(organization), pk=pk)
    context = {
        "organization": organization,
        "intake": intake,
        "skills": TechnicianSkill.objects.filter(technician=intake.technician_id).select_related("skill"),
        "may_keep": access.can_keep_people(user, organization),
    }
    return render(request, "technicians/person_detail.html", context)


@never_cache
@require_POST
def person_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a link to hand over on paper. It stands in this answer and nowhere else."""
    organization, user = organization_for(request, slug, Act.KEEP_PEOPLE)
    seen = request.POST.get("seen_round", "")
    try:
        return _show_link(request, organization, user, pk, int(seen) if seen.isdecimal() and len(seen) < 9 else None)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("people", slug=slug)


def _show_link(
    request: HttpRequest, organization: Organization, user: User, intake_id: int, seen_round: int | None
) -> HttpResponse:
    intake, token = services.make_link(
        actor=user, organization=organization, intake_id=intake_id, seen_round=seen_round
    )
    link = request.build_absolute_uri(reverse("claim", args=[token]))
    context = {"organization": organization, "intake": intake, "link": link}
    return render(request, "technicians/person_link.html", context)


@require_POST
def person_send(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the letter (again)."""
    return _act(request, slug, pk, services.send_link, _("The letter is on its way."))


@require_POST
def person_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the link back."""
    return _act(request, slug, pk, services.revoke_link, _("The link was taken back: it does not work any more."))


def _act(request: HttpRequest, slug: str, pk: int, service: Callable[..., Intake], done: str) -> HttpResponse:
    organization, user = organization_for(request, slug, Act.KEEP_PEOPLE)
    get_object_or_404(Intake.objects.waiting_at(organization), pk=pk)
    try:
        service(actor=user, organization=organization, intake_id=pk)
        messages.success(request, done)
    except NotThere as error:
        messages.error(request, str(error))
        return redirect("people", slug=slug)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("person-detail", slug=slug, pk=pk)


@require_POST
def person_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a person off the list and erase what is held; gone already, or never on it, is what was asked for."""
    organization, user = organization_for(request, slug, Act.KEEP_PEOPLE)
    services.remove_unclaimed(actor=user, organization=organization, intake_ids=[pk])
    messages.success(request, _("The person is off your list, and what was held is erased."))
    return redirect("people", slug=slug)
