"""An organization's roles: the list, publishing and closing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workforce.accounts.access import can_edit_roles
from workforce.employers import services
from workforce.employers.models import Role
from workforce.employers.queries import of_organization
from workforce.employers.views.common import organization_of_member, role_of_editor

PER_PAGE = 25


@require_safe
def org_roles(request: HttpRequest, slug: str) -> HttpResponse:
    """The organization's roles with state, openings and number of applicants."""
    organization = organization_of_member(request, slug)
    context = {
        "organization": organization,
        "page": Paginator(of_organization(organization.pk), PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": can_edit_roles(request.user, organization),
    }
    return render(request, "employers/role_list.html", context)


def announce_published(request: HttpRequest, role: Role) -> None:
    """Say what publishing came to: seen by the public, or waiting for the organization's verification."""
    if role.organization.is_verified:
        messages.success(request, _("The role is published: candidates can see it now."))
    else:
        messages.warning(
            request,
            _("The role is ready and waits: it will be public as soon as our team has verified your organization."),
        )


@require_POST
def role_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Publish a role; doing it twice changes nothing."""
    role = role_of_editor(request, slug, pk)
    try:
        announce_published(request, services.publish_role(role=role))
    except ValidationError as found:
        for text in found.messages:
            messages.error(request, text)
        return redirect("role-edit", slug, pk)
    return redirect("org-roles", slug)


@require_POST
def role_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a role; doing it twice changes nothing."""
    services.close_role(role=role_of_editor(request, slug, pk))
    messages.success(request, _("The role is closed. You can open it again whenever you like."))
    return redirect("org-roles", slug)
