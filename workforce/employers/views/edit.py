"""The form of a role: new, edited, and edited by two people at once."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workforce.accounts.models import Organization, User
from workforce.core.errors import InvalidInput, StaleRevision
from workforce.employers import editing, services
from workforce.employers.forms import RoleForm, initial_of
from workforce.employers.models import Role
from workforce.employers.reading.vacancy import VacancyReading, read_vacancy
from workforce.employers.rules import pay_warning
from workforce.employers.suggesting import with_suggested_skills
from workforce.employers.views.common import organization_of_editor, role_of_editor
from workforce.employers.views.manage import announce_published
from workforce.skills.search import search_occupations

SUGGESTED_OCCUPATIONS = 8


def role_form_page(
    request: HttpRequest, organization: Organization, form: RoleForm, role: Role | None, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the form; of a role that was pasted, what was read stands above it until it is saved."""
    context = {"organization": organization, "form": form, "role": role, "differences": [], "reading": None, **more}
    if form.is_bound and role is None:
        context["reading"] = _pasted(form.data.get("pasted", ""), request.LANGUAGE_CODE)
    return render(request, "employers/role_form.html", context, status=status)


def _pasted(text: str, language: str) -> VacancyReading | None:
    """Read again what was pasted; a text that cannot be read was never pasted here."""
    try:
        return read_vacancy(text, language[:2])
    except InvalidInput:
        return None


def _save(request: HttpRequest, organization: Organization, form: RoleForm, role: Role | None) -> Role | None:
    """Save, and publish if that button was pressed; None when it was refused, the form then says why."""
    revision = form.cleaned_data["revision"] if role else None
    try:
        with transaction.atomic():
            saved = services.save_role(
                actor=cast(User, request.user),
                organization=organization,
                values=form.values(),
                skills=form.skill_needs(),
                credentials=form.credential_needs(),
                role=role,
                revision=revision if revision is not None or role is None else 0,
                once_key=form.cleaned_data["once_key"] or None,
            )
            if "publish" in request.POST:
                saved = services.publish_role(role=saved)
    except ValidationError as found:
        form.show_errors(found)
        return None
    return saved


def _stale(request: HttpRequest, organization: Organization, form: RoleForm, pk: int) -> HttpResponse:
    """Show both versions side by side; the form keeps what was typed, and takes what only the other one changed."""
    role = role_of_editor(request, organization.slug, pk)
    mine = editing.entered(form)
    data, taken, both = editing.merged(request.POST, role, mine)
    fresh = RoleForm(data, organization=organization, role=role)
    fresh.is_valid()
    shown = editing.differences(form, role, mine, taken, both)
    return role_form_page(request, organization, fresh, role, status=409, differences=shown)


def _answer(request: HttpRequest, organization: Organization, role: Role | None) -> HttpResponse:
    """Handle a posted form."""
    data: QueryDict = request.POST
    if "suggest-skills" in data:
        data = with_suggested_skills(data)
    form = RoleForm(data, organization=organization, role=role)
    if not form.is_valid():
        return role_form_page(request, organization, form, role)
    try:
        saved = _save(request, organization, form, role)
    except StaleRevision:
        return _stale(request, organization, form, cast(Role, role).pk)
    if saved is None:
        return role_form_page(request, organization, form, role)
    if "publish" in data:
        announce_published(request, saved)
    else:
        messages.success(request, _("The role is saved."))
    if warning := pay_warning(saved):
        messages.warning(request, warning)
    return redirect("org-roles", organization.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def role_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new role."""
    organization = organization_of_editor(request, slug)
    if request.method == "POST":
        return _answer(request, organization, None)
    plants = list(organization.plants.order_by("name", "pk")[:2])
    initial = {"plant": plants[0].pk} if len(plants) == 1 else {}
    form = RoleForm(organization=organization, initial=initial)
    return role_form_page(request, organization, form, None, no_plants=not plants)


@require_http_methods(["GET", "HEAD", "POST"])
def role_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a role; an edit made on an old copy is shown beside the newer one instead of being saved over it."""
    role = role_of_editor(request, slug, pk)
    if request.method == "POST":
        return _answer(request, role.organization, role)
    initial = initial_of(role) | {"base": editing.sign(editing.snapshot(role))}
    return role_form_page(request, role.organization, RoleForm(organization=role.organization, initial=initial), role)


@require_safe
def occupation_options(request: HttpRequest) -> HttpResponse:
    """Occupations like the words typed so far, as options of the form's list."""
    words = request.GET.get("occupation", "")[:200]
    language = request.LANGUAGE_CODE
    found = search_occupations(words, limit=SUGGESTED_OCCUPATIONS, language=language) if words.strip() else []
    return render(request, "employers/occupation_options.html", {"found": found})
