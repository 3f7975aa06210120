"""Reads our list of places from CSV: every row is checked, and the first bad one is named by file and line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from workforce.places.models import Park, Place, Zone

DATA = Path(__file__).parent / "data"
ZONES_FILE, PARKS_FILE = DATA / "zones.csv", DATA / "parks.csv"
YES, NO = frozenset({"", "yes"}), frozenset({"no"})
# The region with room around it: a coordinate outside is a slip of the pen, mostly a lost sign or latitude and
# longitude the wrong way round.
SOUTH, NORTH, WEST, EAST = 30.0, 33.5, -108.0, -105.0
Row = Mapping[str, Any]


class BadRow(ValueError):
    """A row is no place; the message names file and line."""


@dataclass
class Changes:
    """What loading one file did, by code; ``same`` and ``kept`` (by hand, so left alone) are counts."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    same: int = 0
    kept: int = 0
    ids: set[int] = field(default_factory=set)

    def __str__(self) -> str:
        parts = [f"{len(self.added)} added", f"{len(self.changed)} changed", f"{len(self.retired)} retired"]
        return ", ".join([*parts, f"{self.same} as before", f"{self.kept} kept by hand"])


def _yes(text: str) -> bool:
    if text not in YES | NO:
        raise ValueError(f"approximate is yes or no, not {text!r}")
    return text in YES


def _coordinates(row: Row) -> dict[str, Any]:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise ValueError(f"{latitude}, {longitude} is not in the region")
    return {"latitude": latitude, "longitude": longitude, "approximate": _yes((row.get("approximate") or "").strip())}


def zone_values(row: Row) -> dict[str, Any]:
    """Return the fields of a zone."""
    texts = {name: row[name].strip() for name in ("name", "city", "country")}
    return texts | {"name_en": (row.get("name_en") or "").strip()} | _coordinates(row)


def park_values(row: Row) -> dict[str, Any]:
    """Return the fields of a park; raise ValueError for a zone that does not exist."""
    code = row["zone"].strip()
    zone = Zone.objects.filter(code=code).first()
    if zone is None:
        raise ValueError(f"there is no zone {code!r}")
    return {"name": row["name"].strip(), "zone": zone} | _coordinates(row)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row with its line in the file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def load_file(model: type[Place], path: Path, values_of: Callable[[Row], dict[str, Any]], *, ours: bool) -> Changes:
    """Write the places of one file by code, and return what changed. Raises ``BadRow`` at the first bad row.

    Our own list (``ours``) leaves alone what is kept by hand, and retires what it has no more. Another file is
    somebody's own: it writes all its rows, and from then on they are kept by hand.
    """
    changes, seen = Changes(), set[str]()
    stored: dict[str, Any] = {place.code: place for place in model.objects.order_by("pk")}
    for line, row in _rows(path):
        try:
            code = row["code"].strip()
            if code in seen:
                raise ValueError(f"{code!r} is there twice")
            seen.add(code)
            place = stored.get(code) or model(code=code)
            if ours and place.by_hand:
                changes.kept += 1
                continue
            _store(place, values_of(row) | {"retired": False, "by_hand": not ours}, changes)
        except (KeyError, AttributeError, TypeError, ValueError, ValidationError) as error:
            raise BadRow(f"{path.name}, line {line}: {_why(error)}") from error
    if ours:
        _retire([place for code, place in stored.items() if code not in seen], changes)
    return changes


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{name}: {' '.join(map(str, said))}" for name, said in error.message_dict.items())
    return f"no column {error}" if isinstance(error, KeyError) else str(error)


def _store(place: Any, values: dict[str, Any], changes: Changes) -> None:
    new = place.pk is None
    if not new and all(getattr(place, name) == value for name, value in values.items()):
        changes.same += 1
        return
    for name, value in values.items():
        setattr(place, name, value)
    place.full_clean()
    place.save()
    (changes.added if new else changes.changed).append(place.code)
    changes.ids.add(place.pk)


def _retire(places: list[Any], changes: Changes) -> None:
    for place in places:
        if not place.by_hand and not place.retired:
            place.retired = True
            place.save(update_fields=("retired",))
            changes.retired.append(place.code)
            changes.ids.add(place.pk)


def load_zones_file(path: Path | None = None) -> Changes:
    """Load our zones, or those of another file."""
    return load_file(Zone, path or ZONES_FILE, zone_values, ours=path is None)


def load_parks_file(path: Path | None = None) -> Changes:
    """Load our parks, or those of another file; their zones must be there."""
    return load_file(Park, path or PARKS_FILE, park_values, ours=path is None)
