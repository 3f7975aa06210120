"""Members, invitations and verification of organizations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.access.table import EVERYBODY, KINDS, Row, who
from tests.access.world import World
from tests.factories import MembershipFactory
from workforce.accounts.choices import Position
from workforce.accounts.invitations import hash_of
from workforce.accounts.models import Invitation, Membership

TOKEN = "a-token-of-the-access-table"
STRANGERS = who("recruiter", "viewer", anonymous="login")
# The world's recruiter becomes an owner where a row is about owners, so that both ways of a member are seen.
OWNER_ONLY = who("recruiter", anonymous="login")
NOBODY = who(anonymous="login")
OWNER_API = who("recruiter", viewer="403", anonymous="401")
MEMBER_API = who("recruiter", "viewer", anonymous="401")


def slug(world: World) -> dict[str, Any]:
    """The employer's page."""
    return {"slug": world.employer.slug}


def viewers_row(world: World) -> dict[str, Any]:
    """The membership of the viewer."""
    found = Membership.objects.get(user=world.users["viewer"])
    return {"slug": world.employer.slug, "pk": found.pk}


def recruiter_owns(world: World) -> None:
    """Make the recruiter an owner, beside another one."""
    Membership.objects.filter(user=world.users["recruiter"]).update(position=Position.OWNER)
    MembershipFactory(organization=world.employer)


def invited(world: World) -> None:
    """An open invitation by the recruiter, who is an owner for this."""
    recruiter_owns(world)
    Invitation.objects.create(
        organization=world.employer,
        token_hash=hash_of(TOKEN),
        invited_by=world.users["recruiter"],
        expires_at=timezone.now() + timedelta(days=1),
    )


def invitation(world: World) -> dict[str, Any]:
    """That invitation; made here where a test wants the address alone."""
    if not Invitation.objects.exists():
        invited(world)
    return slug(world) | {"pk": Invitation.objects.get().pk}


def _position(world: World) -> dict[str, Any]:
    return {"position": "viewer"}


ROWS = (
    Row("members", slug, GET=STRANGERS),
    Row("member-edit", viewers_row, GET=OWNER_ONLY, POST=OWNER_ONLY, prepare=recruiter_owns, body=_position),
    Row("member-edit", viewers_row, GET=NOBODY, POST=NOBODY, body=_position),
    Row("member-remove", viewers_row, POST=who("recruiter", "viewer", anonymous="login"), prepare=recruiter_owns),
    Row("member-remove", viewers_row, POST=who("viewer", anonymous="login")),
    Row("invitation-create", slug, GET=OWNER_ONLY, POST=OWNER_ONLY, prepare=recruiter_owns, body=_position),
    Row("invitation-create", slug, GET=NOBODY, POST=NOBODY, body=_position),
    Row("invitation-revoke", invitation, POST=OWNER_ONLY, prepare=invited),
    Row(
        "invitation-accept",
        lambda world: {"token": TOKEN},
        GET=EVERYBODY,
        POST=who(*KINDS[1:], anonymous="login"),
        prepare=invited,
    ),
    Row("invitation-accept", lambda world: {"token": "no-such"}, GET=who("anonymous"), POST=who(anonymous="login")),
    Row("api-member-list", slug, GET=MEMBER_API),
    Row("api-member-detail", viewers_row, PATCH=OWNER_API, prepare=recruiter_owns, body=_position),
    Row("api-member-detail", viewers_row, DELETE=MEMBER_API, prepare=recruiter_owns),
    Row("api-member-detail", viewers_row, DELETE=who("viewer", recruiter="403", anonymous="401")),
    Row("api-invitation-list", slug, GET=OWNER_API, POST=OWNER_API, prepare=recruiter_owns, body=_position),
    Row("api-invitation-detail", invitation, DELETE=OWNER_API, prepare=invited),
)
