"""The account and its organizations, by API."""

from tests.access.table import LOGGED_IN_API, Row, who

ROWS = (
    Row("api-me", GET=LOGGED_IN_API, PATCH=LOGGED_IN_API, body=lambda world: {"language": "en"}),
    Row(
        "api-organization-list",
        GET=LOGGED_IN_API,
        POST=LOGGED_IN_API,
        body=lambda world: {"name": "Planta Nueva", "is_employer": True},
    ),
    Row(
        "api-organization-detail",
        lambda world: {"slug": world.employer.slug},
        GET=who("recruiter", "viewer", anonymous="401"),
    ),
    Row(
        "api-organization-detail",
        lambda world: {"slug": world.employer.slug},
        PATCH=who(anonymous="401", recruiter="403", viewer="403"),
        body=lambda world: {"description_es": "Otra cosa"},
        headers={"If-Match": "*"},
    ),
)
