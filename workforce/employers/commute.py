"""The way from home to a role's plant, for the person who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workforce.employers.models import Role
from workforce.places.models import Zone
from workforce.places.reach import travel_minutes
from workforce.technicians.models import Technician


@dataclass(frozen=True)
class Commute:
    """Minutes one way from the person's zone: ``by_bus``, and ``by_car`` for who has one; approximate."""

    zone: Zone
    by_bus: int
    by_car: int | None


def commute_to(user: Any, role: Role) -> Commute | None:
    """Return how long the way takes, in two queries; None for who has no profile or names no zone."""
    if not user.is_authenticated:
        return None
    technician = Technician.objects.select_related("zone").filter(user=user).first()
    if technician is None or technician.zone is None:
        return None
    bus, car = travel_minutes(technician.zone, role.plant.zone)
    return Commute(technician.zone, bus, car if technician.own_transport else None)
