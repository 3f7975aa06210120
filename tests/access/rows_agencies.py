"""Clients of agencies: agencies ask, owners of the client answer."""

from __future__ import annotations

from typing import Any

from tests.access.rows_organizations import recruiter_owns
from tests.access.table import Row, who
from tests.access.world import World
from workforce.accounts.models import Organization
from workforce.employers.models import AgencyClient


def is_agency(world: World) -> None:
    """Make the employer an agency too."""
    Organization.objects.filter(pk=world.employer.pk).update(is_agency=True)


def asked(world: World) -> dict[str, Any]:
    """The other employer says that it hires for the employer."""
    client, _made = AgencyClient.objects.get_or_create(agency=world.other_employer, organization=world.employer)
    return {"slug": world.employer.slug, "pk": client.pk}


def slug(world: World) -> dict[str, Any]:
    """The employer's page."""
    return {"slug": world.employer.slug}


ROWS = (
    Row("org-clients", slug, GET=who("recruiter", "viewer", anonymous="login")),
    Row(
        "org-clients",
        slug,
        POST=who("recruiter", anonymous="login"),
        prepare=is_agency,
        body=lambda world: {"name": world.other_employer.name},
    ),
    Row("org-clients", slug, POST=who(anonymous="login"), body=lambda world: {"name": world.other_employer.name}),
    Row(
        "client-answer",
        asked,
        POST=who("recruiter", anonymous="login"),
        prepare=lambda world: (recruiter_owns(world), asked(world)),
        body=lambda world: {"answer": "yes"},
    ),
    Row("client-answer", asked, POST=who(anonymous="login"), prepare=asked, body=lambda world: {"answer": "yes"}),
)
