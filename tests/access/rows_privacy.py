"""Everybody looks after their own data; staff alone sees what people asked."""

from tests.access.table import EVERYBODY, LOGGED_IN, LOGGED_IN_API, Row, who
from tests.access.world import World
from workforce.privacy.models import DataRequest
from workforce.privacy.services import ask

STAFF = who("staff", anonymous="login")
SEEKERS_API = who("technician", "other_technician", anonymous="401")


def grant_of(world: World) -> dict[str, int]:
    """The technician's grant to the employer."""
    return {"pk": world.technician.grants.get().pk}


def request_of(world: World) -> dict[str, int]:
    """Something that the technician asked."""
    found = DataRequest.objects.first() or ask(user=world.users["technician"], kind="rectify", text="my name")
    return {"pk": found.pk}


ROWS = (
    Row("privacy-notice", GET=EVERYBODY),
    Row("my-privacy", GET=LOGGED_IN),
    Row("privacy-start", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("my-consents", POST=LOGGED_IN),
    Row("grant-revoke", grant_of, POST=who("technician", anonymous="login")),
    Row("profile-pause", POST=LOGGED_IN),
    Row("privacy-ask", POST=LOGGED_IN),
    Row("my-data", GET=LOGGED_IN),
    Row("my-data-file", GET=LOGGED_IN),
    Row("erasure", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("erasure-waiting", GET=LOGGED_IN),
    Row("erasure-cancel", POST=LOGGED_IN),
    Row("data-requests", GET=STAFF),
    Row("data-request-answer", request_of, POST=STAFF, prepare=request_of, body=lambda world: {"text": "done"}),
    Row("api-my-export", GET=LOGGED_IN_API),
    Row("api-my-grants", GET=LOGGED_IN_API),
    Row("api-my-grant", grant_of, DELETE=who("technician", anonymous="401")),
    Row("api-my-consents", GET=LOGGED_IN_API, PATCH=SEEKERS_API, body=lambda world: {"outcomes": True}),
)
