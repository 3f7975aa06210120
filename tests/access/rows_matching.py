"""Who sees whose matches."""

from matching.choices import ListPart
from matching.models import ScoreSnapshot
from tests.access.table import LOGGED_IN, Row, who
from tests.access.world import World

MEMBERS = who("recruiter", "viewer", anonymous="login")
MEMBERS_API = who("recruiter", "viewer", anonymous="401")
SEEKERS_API = who("technician", "other_technician", anonymous="401")


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
    Row("api-role-matches", lambda w: {"pk": w.role.pk}, GET=MEMBERS_API),
    Row(
        "api-role-explain",
        lambda w: {"pk": w.role.pk, "technician_ref": w.technician.ref},
        GET=MEMBERS_API,
    ),
)
