"""Which zones somebody can get to every day."""

from __future__ import annotations

from collections import defaultdict

from workforce.places.models import Zone, ZoneTravel
from workforce.places.travel import estimated_car_minutes, estimated_minutes

DAILY_MINUTES = 75  # one way, door to gate


class Reach:
    """All travel times, read once in two queries: ask it for many zones in a loop.

    A pair that has no stored time is estimated, so that a zone that somebody has just added cuts nobody off.
    """

    def __init__(self, limit: int = DAILY_MINUTES) -> None:
        self.limit = limit
        self._zones = {zone.pk: zone for zone in Zone.objects.order_by("pk")}
        self._stored: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        for origin, destination, bus, car in ZoneTravel.objects.order_by("pk").values_list(
            "origin_id", "destination_id", "minutes", "car_minutes"
        ):
            self._stored[origin][destination] = (bus, car)
        self._found: dict[tuple[int, bool], frozenset[int]] = {}

    def minutes(self, origin: int, destination: int, *, by_car: bool = False) -> int:
        """Return minutes by bus or by car from one zone's id to another's; KeyError for a zone that does not exist."""
        stored = self._stored.get(origin, {}).get(destination)
        if stored is not None:
            return stored[by_car]
        estimate = estimated_car_minutes if by_car else estimated_minutes
        return estimate(self._zones[origin], self._zones[destination])

    def _minutes_best(self, origin: int, destination: int, own_transport: bool) -> int:
        """Minutes by whatever is quicker: who has a car may still take the bus."""
        bus = self.minutes(origin, destination)
        return min(bus, self.minutes(origin, destination, by_car=True)) if own_transport else bus

    def zones(self, origin: int, *, own_transport: bool = False) -> frozenset[int]:
        """Return the ids of the zones within daily reach of ``origin``, itself among them; empty for one unknown."""
        key = (origin, own_transport)
        if key not in self._found:
            known = self._zones if origin in self._zones else {}
            self._found[key] = frozenset(
                zone
                for zone in known
                if zone == origin or self._minutes_best(origin, zone, own_transport) <= self.limit
            )
        return self._found[key]


def travel_minutes(origin: Zone, destination: Zone) -> tuple[int, int]:
    """Return minutes from one zone to another by bus and by car, in one query; within a zone as estimated."""
    stored = ZoneTravel.objects.filter(origin=origin, destination=destination).values_list("minutes", "car_minutes")
    return stored.first() or (estimated_minutes(origin, destination), estimated_car_minutes(origin, destination))


def reachable_zones(zone_id: int, *, own_transport: bool = False) -> set[int]:
    """Return the ids of the zones within daily reach of one zone."""
    return set(Reach().zones(zone_id, own_transport=own_transport))
