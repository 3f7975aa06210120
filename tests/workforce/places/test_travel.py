"""Rough travel times and who can get where."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.factories import ZoneFactory
from workforce.places.events import places_changed
from workforce.places.models import Zone, ZoneTravel
from workforce.places.reach import DAILY_MINUTES, Reach, reachable_zones, travel_minutes
from workforce.places.travel import CROSSING, distance_km, estimated_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loaded() -> None:
    call_command("load_places", verbosity=0)


def zone(code: str) -> Zone:
    return Zone.objects.get(code=code)


@pytest.mark.usefixtures("_loaded")
def test_loading_twice_stores_every_zone_and_every_pair_once() -> None:
    before = set(ZoneTravel.objects.values_list("origin__code", "destination__code", "minutes"))
    call_command("load_places", verbosity=0)
    count = Zone.objects.count()
    assert count >= 24
    assert {"Ciudad Juárez", "El Paso", "Santa Teresa", "Sunland Park", "Las Cruces"} <= {
        z.city for z in Zone.objects.all()
    }
    assert ZoneTravel.objects.count() == count * (count - 1)
    assert set(ZoneTravel.objects.values_list("origin__code", "destination__code", "minutes")) == before


@pytest.mark.usefixtures("_loaded")
def test_a_corrected_time_survives_loading_again_unless_asked() -> None:
    row = ZoneTravel.objects.order_by("pk").first()
    assert row is not None
    ZoneTravel.objects.filter(pk=row.pk).update(minutes=7)
    call_command("load_places", verbosity=0)
    assert ZoneTravel.objects.get(origin=row.origin, destination=row.destination).minutes == 7
    call_command("load_places", afresh=True, verbosity=0)
    assert ZoneTravel.objects.get(origin=row.origin, destination=row.destination).minutes == row.minutes


def test_distance_is_that_of_the_map() -> None:
    one = ZoneFactory(latitude=31.0, longitude=-106.0)
    other = ZoneFactory(latitude=32.0, longitude=-106.0)
    assert distance_km(one, other) == pytest.approx(111.19, abs=0.05)
    assert distance_km(one, one) == 0


def test_the_border_costs_time_and_both_ways_take_as_long() -> None:
    home = ZoneFactory()
    near = ZoneFactory(country="MX", latitude=31.75)
    across = ZoneFactory(country="US", latitude=31.75)
    assert estimated_minutes(home, across) == pytest.approx(estimated_minutes(home, near) + CROSSING, abs=5)
    assert estimated_minutes(across, home) == estimated_minutes(home, across)


@pytest.mark.usefixtures("_loaded")
def test_people_reach_their_own_side_and_not_las_cruces() -> None:
    reached = reachable_zones(zone("juarez-zaragoza").pk)
    assert zone("juarez-zaragoza").pk in reached
    assert zone("juarez-riberas-del-bravo").pk in reached
    assert zone("juarez-bermudez").pk in reached
    assert zone("las-cruces").pk not in reached
    assert zone("santa-teresa").pk not in reached


@pytest.mark.usefixtures("_loaded")
def test_a_car_reaches_at_least_as_far() -> None:
    reach = Reach()
    for one in Zone.objects.order_by("pk"):
        assert reach.zones(one.pk) <= reach.zones(one.pk, own_transport=True)
    assert zone("santa-teresa").pk in reach.zones(zone("las-cruces").pk, own_transport=True)


def test_a_stored_time_wins_and_a_missing_one_is_estimated() -> None:
    one, other = ZoneFactory(), ZoneFactory()
    assert other.pk in reachable_zones(one.pk)
    ZoneTravel.objects.create(origin=one, destination=other, minutes=200, car_minutes=200)
    assert reachable_zones(one.pk) == {one.pk}
    assert one.pk in reachable_zones(other.pk)


def test_a_car_takes_one_where_the_bus_takes_too_long() -> None:
    one, other = ZoneFactory(), ZoneFactory()
    ZoneTravel.objects.create(origin=one, destination=other, minutes=DAILY_MINUTES + 1, car_minutes=DAILY_MINUTES)
    reach = Reach()
    assert other.pk not in reach.zones(one.pk)
    assert other.pk in reach.zones(one.pk, own_transport=True)
    assert (reach.minutes(one.pk, other.pk), reach.minutes(one.pk, other.pk, by_car=True)) == (76, 75)
    assert travel_minutes(one, other) == (76, 75)


def test_a_pair_without_a_stored_time_is_estimated_for_both() -> None:
    one, other = ZoneFactory(), ZoneFactory(latitude=31.9)
    bus, car = travel_minutes(one, other)
    assert car < bus
    assert travel_minutes(other, one) == (bus, car)
    assert Reach().minutes(one.pk, other.pk, by_car=True) == car


@pytest.mark.usefixtures("_loaded")
def test_others_are_told_only_when_times_changed() -> None:
    told = []

    def tell(**kwargs: object) -> None:
        told.append(kwargs)

    places_changed.connect(tell)
    call_command("load_places", verbosity=0)
    assert not told
    call_command("load_places", afresh=True, verbosity=0)
    assert len(told) == 1
    ZoneFactory()
    call_command("load_places", verbosity=0)
    assert len(told) == 2


def test_an_unknown_zone_reaches_nothing() -> None:
    assert reachable_zones(987654) == set()
