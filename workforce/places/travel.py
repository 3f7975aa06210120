"""How long it takes from one zone to another, roughly, where nobody has measured it."""

from __future__ import annotations

import math
from typing import Protocol

EARTH_KM = 6371.0
DETOUR = 1.35  # streets are longer than the straight line
WAITING = 12  # minutes: walking to the stop and waiting
SLOW_KM, SLOW_SPEED = 12, 22  # the first kilometres by bus with its stops, in km/h
FAST_SPEED = 38  # what is left, on the large avenues and highways
CROSSING = 45  # minutes more over the bridges between the two countries, on foot between two buses or by car
PARKING = 5  # minutes: to the car, and from where it is parked to the gate
CAR_SLOW_KM, CAR_SLOW_SPEED, CAR_FAST_SPEED = 8, 28, 80  # traffic lights first, then belt roads and highways, in km/h
STEP = 5  # minutes: nothing finer is known


class Spot(Protocol):
    """Whatever has a place: a zone."""

    latitude: float
    longitude: float
    country: str


def distance_km(one: Spot, other: Spot) -> float:
    """Return the straight line between two spots in kilometres (haversine)."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def _rounded(one: Spot, other: Spot, minutes: float) -> int:
    """Add the border where there is one, and round up to what is known."""
    if one.country != other.country:
        minutes += CROSSING
    return math.ceil(minutes / STEP) * STEP


def _riding(way: float, slow_km: float, slow_speed: float, fast_speed: float) -> float:
    """Return minutes for a way in km: its first part slowly, the rest fast."""
    slow = min(way, slow_km)
    return 60 * (slow / slow_speed + (way - slow) / fast_speed)


def estimated_minutes(one: Spot, other: Spot) -> int:
    """Return minutes by public transport or company bus, in steps of five; the same in both directions.

    Waiting, then the way through the streets at a bus's speed, then the border if the countries differ. It is an
    estimate to leave out what nobody would travel every day, not a timetable.
    """
    way = distance_km(one, other) * DETOUR
    return _rounded(one, other, WAITING + _riding(way, SLOW_KM, SLOW_SPEED, FAST_SPEED))


def estimated_car_minutes(one: Spot, other: Spot) -> int:
    """Return minutes by a car of one's own, in steps of five; as rough as ``estimated_minutes``."""
    way = distance_km(one, other) * DETOUR
    return _rounded(one, other, PARKING + _riding(way, CAR_SLOW_KM, CAR_SLOW_SPEED, CAR_FAST_SPEED))
