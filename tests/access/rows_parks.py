"""Industrial parks are public."""

from tests.access.table import EVERYBODY, Row
from tests.access.world import World
from workforce.places.models import Park


def park(world: World) -> Park:
    """A park in the zone of the plant."""
    return Park.objects.get_or_create(
        code="parque", defaults={"name": "Parque", "zone": world.plant.zone, "latitude": 31.7, "longitude": -106.4}
    )[0]


ROWS = (
    Row("api-park-list", GET=EVERYBODY),
    Row("api-park-detail", lambda world: {"code": park(world).code}, GET=EVERYBODY),
)
