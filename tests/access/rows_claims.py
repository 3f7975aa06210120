"""People without an account: the organization's list, and the link by which they take their profile over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import factories as make
from tests.access.table import EVERYBODY, KINDS, Row, who
from tests.access.world import World
from workforce.accounts.invitations import hash_of
from workforce.technicians.models import Intake

TOKEN = "a-claim-token-of-the-access-table"
MEMBERS = who("recruiter", "viewer", anonymous="login")
KEEPERS = who("recruiter", anonymous="login")
KEEPERS_API = who("recruiter", viewer="403", anonymous="401")


def slug(world: World) -> dict[str, Any]:
    """The employer's page."""
    return {"slug": world.employer.slug}


def registered(world: World) -> None:
    """Somebody whom the employer registered, with a link; several rows may share one world."""
    if Intake.objects.filter(claim_hash=hash_of(TOKEN)).exists():
        return
    intake = make.IntakeFactory(organization=world.employer, email="rosa@example.test", phone="656 123 4567")
    Intake.objects.filter(pk=intake.pk).update(
        claim_hash=hash_of(TOKEN), claim_round=1, claim_expires_at=timezone.now() + timedelta(days=1)
    )


def person(world: World) -> dict[str, Any]:
    """That person; made here where a test wants the address alone."""
    if not Intake.objects.filter(organization=world.employer).exists():
        registered(world)
    return slug(world) | {"pk": Intake.objects.filter(organization=world.employer).earliest("pk").pk}


def elsewhere(world: World) -> None:
    """Somebody whom another organization registered."""
    make.IntakeFactory(organization=world.other_employer, email="eva@example.test")


def foreign(world: World) -> dict[str, Any]:
    """That person, asked for under the employer's address."""
    if not Intake.objects.filter(organization=world.other_employer).exists():
        elsewhere(world)
    return slug(world) | {"pk": Intake.objects.filter(organization=world.other_employer).earliest("pk").pk}


def _new(world: World) -> dict[str, Any]:
    return {"given_names": "Rosa", "source": "walk_in", "language": "es", "was_told": "on"}


def _claim(world: World) -> dict[str, Any]:
    return {"agreed": "on"}


NOBODY = who(anonymous="login")
NOBODY_API = who(recruiter="404", viewer="403", anonymous="401")
ROWS = (
    Row("people", slug, GET=MEMBERS, prepare=registered),
    Row("person-create", slug, GET=KEEPERS, POST=KEEPERS, body=_new),
    Row("person-detail", person, GET=MEMBERS, prepare=registered),
    Row("person-detail", foreign, GET=NOBODY, prepare=elsewhere),
    Row("person-link", person, POST=KEEPERS, prepare=registered),
    Row("person-send", person, POST=KEEPERS, prepare=registered),
    Row("person-send", foreign, POST=NOBODY, prepare=elsewhere),
    Row("person-revoke", person, POST=KEEPERS, prepare=registered),
    Row("person-revoke", foreign, POST=NOBODY, prepare=elsewhere),
    Row("person-remove", person, POST=KEEPERS, prepare=registered),
    # Removing twice is removing once, so that nobody is told whose the number is; nothing happens to it.
    Row("person-remove", foreign, POST=KEEPERS, prepare=elsewhere),
    Row(
        "claim",
        lambda world: {"token": TOKEN},
        GET=EVERYBODY,
        POST=who(*KINDS[1:], anonymous="login"),
        prepare=registered,
        body=_claim,
    ),
    Row("claim", lambda world: {"token": "no-such"}, GET=who(), POST=who(anonymous="login"), body=_claim),
    Row("claim-refuse", lambda world: {"token": TOKEN}, POST=EVERYBODY, prepare=registered),
    Row("claim-refuse", lambda world: {"token": "no-such"}, POST=who()),
    Row("api-person-list", slug, GET=KEEPERS_API, POST=KEEPERS_API, body=_new, prepare=registered),
    Row("api-person-detail", person, DELETE=KEEPERS_API, prepare=registered),
    Row("api-person-detail", foreign, DELETE=NOBODY_API, prepare=elsewhere),
    Row("api-person-link", person, POST=KEEPERS_API, DELETE=KEEPERS_API, prepare=registered),
    Row("api-person-link", foreign, POST=NOBODY_API, DELETE=NOBODY_API, prepare=elsewhere),
    Row("api-person-letter", person, POST=KEEPERS_API, prepare=registered),
    Row("api-person-letter", foreign, POST=NOBODY_API, prepare=elsewhere),
)
