"""The form of a role, answered with who would fit it as it stands: nothing is saved and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.corpus.drafts import Draft
from matching.how import WORTH_SHOWING
from matching.throttles import PreviewThrottle
from matching.whatif import Preview, preview_role
from workforce.accounts.models import Organization
from workforce.core.errors import Conflict
from workforce.employers.forms import RoleForm
from workforce.employers.models import Role
from workforce.employers.services import draft_role
from workforce.employers.views.common import organization_of_editor, role_of_editor

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
def role_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Who would fit a new role."""
    organization = organization_of_editor(request, slug)
    return _answer(request, organization, None) if request.method == "POST" else redirect("role-create", slug)


@require_http_methods(METHODS)
def role_edit_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who would fit a role of mine if it were changed like this."""
    role = role_of_editor(request, slug, pk)
    return _answer(request, role.organization, role) if request.method == "POST" else redirect("role-edit", slug, pk)


def _answer(request: HttpRequest, organization: Organization, role: Role | None) -> HttpResponse:
    form = RoleForm(request.POST, organization=organization, role=role)
    told: dict[str, Any] = {}
    throttle, status = PreviewThrottle(), 200
    if form.is_valid():
        if throttle.allow_request(request, None):  # type: ignore[arg-type]  # pages, not the API
            told = _told(organization, form, role)
        else:
            told, status = {"preview_notice": _("You have looked very often. Wait a minute and try again.")}, 429
    context = {"organization": organization, "form": form, "role": role, "differences": [], **told}
    response = render(request, "employers/role_form.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(int(throttle.wait() or 60) + 1)
    return response


def _told(organization: Organization, form: RoleForm, role: Role | None) -> dict[str, Any]:
    """What to show of it; nothing where the form has to be corrected first, which then says why."""
    try:
        preview = _preview(organization, form, role)
    except ValidationError as found:
        form.show_errors(found)
        return {}
    except Conflict as refused:
        return {"preview_notice": str(refused)}
    if preview is None:
        return {"preview_notice": _("Matches are being computed for the first time. Ask again in a minute.")}
    worth_showing = [match for match in preview.candidates if match.score >= WORTH_SHOWING]
    return {"preview": preview, "candidates": worth_showing}


def _preview(organization: Organization, form: RoleForm, role: Role | None) -> Preview | None:
    skills = form.skill_needs()
    made = draft_role(organization=organization, values=form.values(), skills=skills, role=role)
    return preview_role(organization=organization, draft=Draft(made, skills, form.credential_needs()))
