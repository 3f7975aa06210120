"""Home, health, the API's own descriptions."""

from tests.access.table import EVERYBODY, Row

ROWS = (
    Row("root", GET=EVERYBODY),
    Row("home", GET=EVERYBODY),
    Row("health-live", GET=EVERYBODY),
    Row("health-ready", GET=EVERYBODY),
    Row("styleguide", GET=EVERYBODY),
    Row("schema", GET=EVERYBODY),
    Row("api-docs", GET=EVERYBODY),
    Row("api-problems", GET=EVERYBODY),
    Row("api-problem", lambda world: {"code": "not_found"}, GET=EVERYBODY),
)
