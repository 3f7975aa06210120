"""Invented routes of the company buses: through the zones around a plant, in time for each shift."""

from __future__ import annotations

import datetime

from workforce.core.choices import Shift
from workforce.demo.chance import Chance
from workforce.employers.models import Plant
from workforce.employers.routing import save_route, save_stop
from workforce.places.models import Zone, ZoneTravel

STARTS = {Shift.FIRST: datetime.time(6, 0), Shift.THIRD: datetime.time(23, 0)}
CORNERS = (
    "Oxxo de la avenida",
    "Frente a la primaria",
    "Parque de la colonia",
    "Gasolinera de la esquina",
    "Farmacia del crucero",
    "Entrada del fraccionamiento",
)
STOPS = 5
EARLY = 10  # minutes before the shift that the bus is at the gate


def make_routes(plant: Plant, chance: Chance) -> None:
    """Give a plant with a company bus a route for the first and the third shift, each with five stops."""
    for shift, start in STARTS.items():
        route = save_route(plant=plant, name=f"Ruta {plant.zone.local_name}", shift=shift)
        for zone, minutes in _on_the_way(plant):
            save_stop(route=route, zone=zone, name=chance.choice(CORNERS), time=_before(start, minutes + EARLY))


def _on_the_way(plant: Plant) -> list[tuple[Zone, int]]:
    """Zones of the plant's country with their minutes by bus: some near, some farther out."""
    near = ZoneTravel.objects.filter(destination=plant.zone, origin__country=plant.zone.country, origin__retired=False)
    rows = list(near.select_related("origin").order_by("minutes", "origin__code")[: 3 * STOPS])
    seen: set[int] = set()
    chosen = []
    for row in rows:
        if row.minutes not in seen:  # the bus is at one stop at a time
            seen.add(row.minutes)
            chosen.append((row.origin, row.minutes))
    return chosen[:STOPS]


def _before(start: datetime.time, minutes: int) -> datetime.time:
    return (datetime.datetime.combine(datetime.date(2000, 1, 2), start) - datetime.timedelta(minutes=minutes)).time()
