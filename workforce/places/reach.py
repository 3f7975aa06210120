"""Which zones somebody can get to every day."""

from __future__ import annotations

from collections import defaultdict

from workforce.places.models import Zone, ZoneTravel
from workforce.places.travel import estimated_minutes

DAILY_MINUTES = 75  # one way, door to gate
CAR_FACTOR = 0.5  # a car of one's own needs about this part of what the bus needs


class Reach:
    """All travel times, read once in two queries: ask it for many zones in a loop.

    A pair that has no stored time is estimated, so that a zone that somebody has just added cuts nobody off.
    """

    def __init__(self, limit: int = DAILY_MINUTES) -> None:
        self.limit = limit
        self._zones = {zone.pk: zone for zone in Zone.objects.order_by("pk")}
        self._stored: dict[int, dict[int, int]] = defaultdict(dict)
        for origin, destination, minutes in ZoneTravel.objects.order_by("pk").values_list(
            "origin_id", "destination_id", "minutes"
        ):
            self._stored[origin][destination] = minutes
        self._found: dict[tuple[int, bool], frozenset[int]] = {}

    def minutes(self, origin: int, destination: int) -> int:
        """Return minutes by bus from one zone's id to another's; KeyError for a zone that does not exist."""
        stored = self._stored.get(origin, {}).get(destination)
        return estimated_minutes(self._zones[origin], self._zones[destination]) if stored is None else stored

    def zones(self, origin: int, *, own_transport: bool = False) -> frozenset[int]:
        """Return the ids of the zones within daily reach of ``origin``, itself among them; empty for one unknown."""
        key = (origin, own_transport)
        if key not in self._found:
            limit = self.limit / CAR_FACTOR if own_transport else self.limit
            known = self._zones if origin in self._zones else {}
            self._found[key] = frozenset(
                zone for zone in known if zone == origin or self.minutes(origin, zone) <= limit
            )
        return self._found[key]


def reachable_zones(zone_id: int, *, own_transport: bool = False) -> set[int]:
    """Return the ids of the zones within daily reach of one zone."""
    return set(Reach().zones(zone_id, own_transport=own_transport))
