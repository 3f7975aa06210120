"""Who may look at whose matches. Views and API ask only these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from workforce.accounts.access import can_view_organization
from workforce.accounts.models import Organization
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.technicians.choices import GrantScope
from workforce.technicians.models import Grant, Technician

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from workforce.accounts.models import User

    Reader = User | AnonymousUser


def can_view_candidates(user: Reader, role: Role) -> bool:
    """Members of the role's organization, whatever their position. What they see of people is blind."""
    return can_view_organization(user, role.organization)


def can_preview_roles(user: Reader, organization: Organization) -> bool:
    """Members of an organization that hires, whatever their position, as they may see the candidates of its roles."""
    return (organization.is_employer or organization.is_agency) and can_view_organization(user, organization)


def candidates_of(role: Role) -> QuerySet[Technician]:
    """Those whom this role's organization may look at: the discoverable, and whoever let it contact them.

    Nobody, while the organization is not verified: it could be anybody.
    """
    people: QuerySet[Technician] = Technician.objects.matchable()
    if not role.organization.is_verified:
        return people.none()
    granted = Grant.objects.in_force().filter(organization_id=role.organization_id, scope=GrantScope.CONTACT)
    return people.filter(Q(discoverable=True) | Q(pk__in=granted.values("technician_id")))


def applications_by_role(technician: Technician, role_ids: Any) -> dict[int, Application]:
    """Role -> this technician's application to it."""
    mine = Application.objects.filter(technician=technician, role__in=list(role_ids)).order_by("pk")
    return {application.role_id: application for application in mine}


def applications_by_technician(role: Role, technician_ids: Any) -> dict[int, Application]:
    """Technician -> their application to this role."""
    theirs = Application.objects.filter(role=role, technician__in=list(technician_ids)).order_by("pk")
    return {application.technician_id: application for application in theirs}
