"""Who sees whose matches."""

from typing import Any

from matching.choices import ListPart
from matching.models import ScoreSnapshot
from tests.access.table import LOGGED_IN, Row, who
from tests.access.world import World

MEMBERS = who("recruiter", "viewer", anonymous="login")
MEMBERS_API = who("recruiter", "viewer", anonymous="401")
SEEKERS_API = who("technician", "other_technician", anonymous="401")

EDITORS = who("recruiter", anonymous="login")


def form(world: World) -> dict[str, Any]:
    """A role as its form sends it."""
    return {
        "title_es": "Soldador",
        "original_language": "es",
        "plant": world.plant.pk,
        "openings": 1,
        "contract": "permanent",
        "pay_currency": "MXN",
        "pay_period": "week",
        "skill": [world.skill.code],
        f"level-{world.skill.code}": 2,
    }


def sent(world: World) -> dict[str, Any]:
    """A role as it is sent to the API."""
    return {
        "organization": world.employer.slug,
        "plant": world.plant.pk,
        "title_es": "Soldador",
        "skills": [{"skill": world.skill.code, "level": 2}],
    }


def with_snapshot(world: World) -> None:
    """Let something have been kept when the person applied."""
    move = world.application.events.create(to_state="new", side="technician")
    ScoreSnapshot.objects.create(
        application=world.application,
        move=move,
        part=ListPart.FULL,
        score=70,
        rank=1,
        listed=2,
        version="v",
        edition="v.1",
    )


ROWS = (
    Row("my-matches", GET=LOGGED_IN),
    Row("role-candidates", lambda w: {"slug": w.employer.slug, "pk": w.role.pk}, GET=MEMBERS),
    Row("role-preview", lambda w: {"slug": w.employer.slug}, GET=EDITORS, POST=EDITORS, body=form),
    Row(
        "role-edit-preview",
        lambda w: {"slug": w.employer.slug, "pk": w.role.pk},
        GET=EDITORS,
        POST=EDITORS,
        body=form,
    ),
    Row("role-fit", lambda w: {"pk": w.role.pk}, GET=LOGGED_IN),
    Row("application-score", lambda w: {"slug": w.employer.slug, "ref": w.application.ref}, GET=MEMBERS),
    Row(
        "api-application-score",
        lambda w: {"ref": w.application.ref},
        GET=who("technician", "recruiter", "viewer", anonymous="401"),
        prepare=with_snapshot,
    ),
    Row("my-learning", GET=LOGGED_IN),
    Row("api-my-matches", GET=SEEKERS_API),
    Row("api-my-advice", GET=SEEKERS_API),
    Row("api-my-match-explain", lambda w: {"pk": w.role.pk}, GET=SEEKERS_API),
    Row("api-role-preview", POST=MEMBERS_API, body=sent),
    Row("api-role-matches", lambda w: {"pk": w.role.pk}, GET=MEMBERS_API),
    Row(
        "api-role-explain",
        lambda w: {"pk": w.role.pk, "technician_ref": w.technician.ref},
        GET=MEMBERS_API,
    ),
)
