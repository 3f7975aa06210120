"""Brings places in and keeps the travel times between zones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from workforce.places.events import places_changed
from workforce.places.listing import Changes, load_parks_file, load_zones_file
from workforce.places.models import Zone, ZoneTravel
from workforce.places.travel import estimated_car_minutes, estimated_minutes


@dataclass(frozen=True)
class Loaded:
    """What loading did, file by file, and how many travel times are stored."""

    files: tuple[tuple[str, Changes], ...]
    travel_times: int


@transaction.atomic
def load_places(zones: Path | None = None, parks: Path | None = None, *, afresh: bool = False) -> Loaded:
    """Write our zones and parks, by code, then those of somebody's own files, and the travel times between zones.

    Can be run again: the second time nothing changes. What is in our list no more is retired, never removed: people
    and plants may stand in it. Raises ``BadRow`` and writes nothing when a row is wrong.
    """
    files = [("zones", load_zones_file()), ("parks", load_parks_file())]
    if zones is not None:
        files.append((zones.name, load_zones_file(zones)))
    if parks is not None:
        files.append((parks.name, load_parks_file(parks)))
    before = ZoneTravel.objects.count()
    loaded = Loaded(tuple(files), store_travel_times(afresh=afresh))
    if afresh or loaded.travel_times != before:
        places_changed.send(sender=ZoneTravel)
    return loaded


def store_travel_times(*, afresh: bool = False) -> int:
    """Estimate the minutes between every two zones, both ways, store them, and return how many are stored in all.

    Times that are there already stay, because staff may have corrected them; ``afresh`` estimates those too.
    """
    zones = list(Zone.objects.order_by("pk"))
    if afresh:
        ZoneTravel.objects.all().delete()
    pairs = [
        ZoneTravel(
            origin=one,
            destination=other,
            minutes=estimated_minutes(one, other),
            car_minutes=estimated_car_minutes(one, other),
        )
        for one in zones
        for other in zones
        if one.pk != other.pk
    ]
    ZoneTravel.objects.bulk_create(pairs, ignore_conflicts=True)
    return ZoneTravel.objects.count()
