"""Zones are public."""

from tests.access.table import EVERYBODY, Row

ROWS = (
    Row("api-zone-list", GET=EVERYBODY),
    Row("api-zone-detail", lambda world: {"code": world.plant.zone.code}, GET=EVERYBODY),
)
