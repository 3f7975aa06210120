"""Language switch and the pages of an organization."""

from tests.access.table import EVERYBODY, LOGGED_IN, Row, who

ROWS = (
    Row("set-language", POST=EVERYBODY, body=lambda world: {"language": "en", "next": "/es/"}),
    Row("organization-create", GET=LOGGED_IN, POST=LOGGED_IN),
    Row(
        "organization-home",
        lambda world: {"slug": world.employer.slug},
        GET=who("recruiter", "viewer", anonymous="login"),
    ),
)
