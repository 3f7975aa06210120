"""Ready-made readings of roles that pages and API share."""

from __future__ import annotations

from django.db.models import BooleanField, Case, Count, F, QuerySet, Value, When

from workforce.employers.models import Role, Route
from workforce.employers.search import query_words, titled


def in_order(roles: QuerySet[Role], sort: str, query: str = "") -> QuerySet[Role]:
    """Order ``roles``: "newest", "pay", or else those first whose title has the words of ``query``. Ends in the key."""
    newest = (F("published_at").desc(nulls_last=True), "-pk")
    if sort == "pay":
        return roles.order_by(F("weekly_pay").desc(nulls_last=True), *newest)
    if sort == "newest" or not query_words(query):
        return roles.order_by(*newest)
    in_title = Case(When(titled(query), then=Value(True)), default=Value(False), output_field=BooleanField())
    return roles.alias(in_title=in_title).order_by("-in_title", *newest)


def of_organization(organization_id: int) -> QuerySet[Role]:
    """Return the organization's roles, drafts first, then the open and the closed ones, with ``applicants`` counted."""
    roles: QuerySet[Role] = Role.objects.filter(organization_id=organization_id).with_page()
    state_rank = Case(When(state="draft", then=0), When(state="published", then=1), default=2)
    return roles.annotate(applicants=Count("applications")).order_by(state_rank, "-updated_at", "-pk")


def routes_for(role: Role) -> list[Route]:
    """Return the routes that take people to a role, with their stops: those of its shifts and those of every shift.

    A role that names no shift has all of them; a route without stops takes nobody.
    """
    routes = role.plant.routes.prefetch_related("stops__zone")
    if role.shifts:
        routes = routes.filter(shift__in=["", *role.shifts])
    return [route for route in routes if route.stops.all()]
