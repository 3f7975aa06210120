"""The taxonomy is public; the picker is for who fills in a form."""

from tests import factories as make
from tests.access.table import EVERYBODY, LOGGED_IN, Row
from tests.access.world import World


def skill_of(world: World) -> dict[str, str]:
    """A skill's code."""
    return {"code": world.technician_skill.skill.code}


ROWS = (
    Row("skill-picker", GET=LOGGED_IN, query="?q=soldadura"),
    Row("skill-search", GET=EVERYBODY, query="?q=soldadura"),
    Row("skill-detail", skill_of, GET=EVERYBODY),
    Row("occupation-list", GET=EVERYBODY),
    Row("occupation-detail", lambda world: {"code": make.OccupationFactory().code}, GET=EVERYBODY),
    Row("credential-list", GET=EVERYBODY),
    Row("credential-detail", lambda world: {"code": make.CredentialFactory().code}, GET=EVERYBODY),
    Row("taxonomy-csv", lambda world: {"kind": "skills"}, GET=EVERYBODY),
    Row("api-skill-list", GET=EVERYBODY, query="?q=soldadura"),
    Row("api-skill-detail", skill_of, GET=EVERYBODY),
    Row("api-skill-related", skill_of, GET=EVERYBODY),
    Row("api-occupation-list", GET=EVERYBODY),
    Row("api-occupation-detail", lambda world: {"code": make.OccupationFactory().code}, GET=EVERYBODY),
    Row("api-credential-list", GET=EVERYBODY),
    Row("api-credential-detail", lambda world: {"code": make.CredentialFactory().code}, GET=EVERYBODY),
)
