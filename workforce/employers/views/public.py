"""Role search and the page of a role: anybody may see them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from workforce.employers import access
from workforce.employers.choices import RoleState
from workforce.employers.commute import commute_to
from workforce.employers.filters import RoleSearchFilter
from workforce.employers.models import Role
from workforce.employers.queries import in_order, routes_for

PER_PAGE = 20
SUGGESTIONS = {
    "es": ("soldador", "montacargas", "mantenimiento", "CNC", "calidad"),
    "en": ("welder", "forklift", "maintenance", "CNC", "quality"),
}


def suggestions() -> tuple[str, ...]:
    """Words to try, in the reader's language: what they find is the same in both."""
    return SUGGESTIONS[(get_language() or "es")[:2]]


def _page_of(found: RoleSearchFilter, number: str | None) -> Page[Role]:
    roles = found.qs  # checks the form; what is wrong in it is left out
    values = found.form.cleaned_data if found.form.is_bound else {}
    return Paginator(in_order(roles, values.get("sort") or "", values.get("q") or ""), PER_PAGE).get_page(number)


@login_not_required
@require_safe
def role_search(request: HttpRequest) -> HttpResponse:
    """Search the open roles; htmx gets the list alone, so that results follow the typing."""
    found = RoleSearchFilter(request.GET, queryset=Role.objects.open().with_page())
    context = {"filter": found, "page": _page_of(found, request.GET.get("page")), "suggestions": suggestions()}
    live = request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
    response = render(request, "employers/role_results.html" if live else "employers/role_search.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _has_applied(request: HttpRequest, role: Role) -> bool:
    if not request.user.is_authenticated:
        return False
    mine = role.applications.filter(technician__user_id=request.user.pk)
    return bool(mine.exclude(state="withdrawn").exists())


def _gone(request: HttpRequest, role: Role) -> HttpResponse:
    """Say that a role has closed, with a search for others like it."""
    query = role.occupation.title if role.occupation else role.title
    similar = f"{reverse('role-search')}?{urlencode({'q': (query or '').split('/')[0]})}"
    return render(request, "employers/role_gone.html", {"role": role, "similar": similar}, status=410)


def _was_public(role: Role) -> bool:
    return role.published_at is not None and role.organization.is_verified and role.state != RoleState.DRAFT


@login_not_required
@require_safe
def role_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One role: open to anybody; a closed one is gone (410), a draft is there for its organization only."""
    role = get_object_or_404(Role.objects.with_page().with_needs(), pk=pk)
    if not access.can_view_role(request.user, role):
        if _was_public(role):
            return _gone(request, role)
        raise Http404
    if slug != role.slug:
        return redirect(role)
    needs = list(role.role_skills.all())
    context: dict[str, Any] = {
        "role": role,
        "musts": [need for need in needs if need.must],
        "wishes": [need for need in needs if not need.must],
        "may_edit": access.can_edit_role(request.user, role),
        "applied": _has_applied(request, role),
        "routes": routes_for(role),
        "commute": commute_to(request.user, role),
    }
    return render(request, "employers/role_detail.html", context)
