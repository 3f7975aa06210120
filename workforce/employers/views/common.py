"""What the members' pages share."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from workforce.accounts.access import can_edit_roles, can_view_organization
from workforce.accounts.models import Organization
from workforce.employers.models import Role


def organization_of_member(request: HttpRequest, slug: str) -> Organization:
    """Return the employer of that address; 404 for strangers, who need not know that it exists."""
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None or not can_view_organization(request.user, organization):
        raise Http404
    if not (organization.is_employer or organization.is_agency):
        raise Http404
    return organization


def organization_of_editor(request: HttpRequest, slug: str) -> Organization:
    """Return the employer for whom the reader may post roles; 404 for everybody else."""
    organization = organization_of_member(request, slug)
    if not can_edit_roles(request.user, organization):
        raise Http404
    return organization


def role_of_editor(request: HttpRequest, slug: str, pk: int) -> Role:
    """Return a role that the reader may change, with what its page shows."""
    organization = organization_of_editor(request, slug)
    role = Role.objects.with_page().filter(organization=organization, pk=pk).first()
    if role is None:
        raise Http404
    return role
