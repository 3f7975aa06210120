"""Pages of matching: my roles, a role's candidates, how well one role fits, and how all of it works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from matching import how, reading
from matching.access import can_view_candidates
from matching.editions import current_edition
from matching.explaining import explain_pair
from matching.learning import LEVELS, advice_for
from matching.preferences import fits_pay
from matching.recording import last_snapshot
from workforce.accounts.models import User
from workforce.core.choices import SkillLevel
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.technicians.models import Technician

PAGE = 10
NEAR = 5


def _me(request: HttpRequest) -> Technician | None:
    return Technician.objects.filter(user_id=request.user.pk).select_related("zone").first()


def _worth_showing(entries: Sequence[reading.Entry]) -> list[reading.Entry]:
    """Leave out what shares little more than a skill in passing; the API has all of it."""
    return [entry for entry in entries if entry.score >= how.WORTH_SHOWING]


def _page(entries: Sequence[reading.Entry], request: HttpRequest) -> Page[Any]:
    return Paginator(_worth_showing(entries), PAGE).get_page(request.GET.get("page"))


def _is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for the list alone (its history restores whole pages)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


@login_not_required
@require_safe
def how_matching_works(request: HttpRequest) -> HttpResponse:
    """How a score comes about, for anybody: rules, an example and the numbers of today."""
    return render(request, "matching/how_matching_works.html", how.page_context())


@require_safe
@vary_on_headers("HX-Request")
def my_matches(request: HttpRequest) -> HttpResponse:
    """The roles that fit me, best first, each with the reasons; then those that fail one limit only."""
    technician = _me(request)
    if technician is None:
        return redirect("profile")
    state = reading.roles_for(technician)
    page = _page(state.full, request)
    near = _worth_showing(state.near)[:NEAR] if page.number == 1 else []
    rows = reading.role_matches(state, technician, [*page.object_list, *near])
    listed = len(page.object_list)
    page.object_list = rows[:listed]
    context = {
        "technician": technician,
        "state": state,
        "page": page,
        "near": rows[listed:],
        "has_skills": state.stored is not None or technician.technician_skills.filter(skill__isnull=False).exists(),
        "pay": {row.subject.pk: fits_pay(technician, row.subject) for row in rows},
    }
    # While there is nothing yet the page asks for this part again and again.
    template = "matching/my_matches_list.html" if _is_fragment(request) else "matching/my_matches.html"
    return render(request, template, context)


@require_safe
@vary_on_headers("HX-Request")
def role_candidates(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who fits a role of mine, best first, with reasons; without names until somebody applies."""
    role = get_object_or_404(Role.objects.filter(organization__slug=slug).with_page(), pk=pk)
    if not can_view_candidates(request.user, role):
        raise Http404
    state = reading.candidates_for(role) if role.is_open else reading.ListState(None, None)
    page = _page(state.full, request)
    near = _worth_showing(state.near)[:NEAR] if page.number == 1 else []
    rows = reading.candidate_matches(state, role, [*page.object_list, *near])
    reading.note_named(cast(User, request.user), role, rows)
    listed = len(page.object_list)
    page.object_list = rows[:listed]
    context = {"role": role, "organization": role.organization, "state": state, "page": page, "near": rows[listed:]}
    template = "matching/candidates_list.html" if _is_fragment(request) else "matching/candidates.html"
    return render(request, template, context)


@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """What is worth learning: the skills that would open the most roles to me."""
    technician = _me(request)
    if technician is None:
        return redirect("profile")
    asked = request.GET.get("level", "")
    level = next((one for one in LEVELS if str(one.value) == asked), SkillLevel.INTERMEDIATE)
    context = {"advice": advice_for(technician, level=level), "levels": LEVELS, "level": level}
    return render(request, "matching/my_learning.html", context)


@require_safe
def role_fit(request: HttpRequest, pk: int) -> HttpResponse:
    """How well I fit one role: a part of the role's page, empty for whoever has no profile."""
    technician = _me(request)
    role = get_object_or_404(Role.objects.visible_to(request.user), pk=pk)
    edition = current_edition()
    if technician is None or edition is None:
        return render(request, "matching/role_fit.html", {"reasons": None, "is_computing": technician is not None})
    reasons = explain_pair(edition, technician.pk, role.pk)
    return render(request, "matching/role_fit.html", {"reasons": reasons, "is_computing": False})


@require_safe
def application_score(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """How well somebody fitted when they applied: a part of the employer's page of an application."""
    seen = Application.objects.visible_to(request.user).select_related("role__organization")
    application = get_object_or_404(seen, ref=ref, role__organization__slug=slug)
    if not can_view_candidates(request.user, application.role):
        raise Http404
    return render(request, "matching/application_score.html", {"snapshot": last_snapshot(application)})
