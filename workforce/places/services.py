"""Brings zones in and keeps the travel times between them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from workforce.places.models import Zone, ZoneTravel
from workforce.places.travel import estimated_minutes

ZONES_FILE = Path(__file__).parent / "data" / "zones.csv"
COLUMNS = ("code", "name", "city", "country", "latitude", "longitude")


@dataclass(frozen=True)
class Loaded:
    """How many zones a file had, and how many travel times are stored."""

    zones: int
    travel_times: int


class BadZone(ValueError):
    """A row of the file is no zone; the message names the line."""


@transaction.atomic
def load_zones(path: Path = ZONES_FILE, *, afresh: bool = False) -> Loaded:
    """Write the zones of a CSV file, by code, and the travel times of every pair.

    Can be run again: rows are updated, none is doubled and none removed (people and plants may stand in it). Raises
    ``BadZone`` and writes nothing when a row is wrong.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for line, row in enumerate(rows, start=2):
        _store(row, line)
    return Loaded(len(rows), store_travel_times(afresh=afresh))


def _store(row: dict[str, str], line: int) -> None:
    try:
        values = {column: row[column].strip() for column in COLUMNS}
        where = {"latitude": float(values["latitude"]), "longitude": float(values["longitude"])}
        zone = Zone.objects.filter(code=values["code"]).first() or Zone(code=values["code"])
        for column, value in {**values, **where}.items():
            setattr(zone, column, value)
        zone.full_clean()
    except (KeyError, AttributeError, ValueError, ValidationError) as error:
        raise BadZone(f"line {line}: {error}") from error
    zone.save()


def store_travel_times(*, afresh: bool = False) -> int:
    """Estimate the minutes between every two zones, both ways, store them, and return how many are stored in all.

    Times that are there already stay, because staff may have corrected them; ``afresh`` estimates those too.
    """
    zones = list(Zone.objects.order_by("pk"))
    if afresh:
        ZoneTravel.objects.all().delete()
    pairs = [
        ZoneTravel(origin=one, destination=other, minutes=estimated_minutes(one, other))
        for one in zones
        for other in zones
        if one.pk != other.pk
    ]
    ZoneTravel.objects.bulk_create(pairs, ignore_conflicts=True)
    return ZoneTravel.objects.count()
