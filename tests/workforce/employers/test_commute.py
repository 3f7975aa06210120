"""How far it is from home: on the page of a role, for who has a profile with a zone."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from tests.factories import RoleFactory, RouteFactory, RouteStopFactory, TechnicianFactory, ZoneFactory
from workforce.employers.commute import Commute, commute_to
from workforce.employers.models import Role
from workforce.places.models import ZoneTravel
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Role:
    role: Role = RoleFactory(plant__zone=ZoneFactory())
    return role


def person(role: Role, *, car: bool) -> Technician:
    technician: Technician = TechnicianFactory(zone=ZoneFactory(name="Los Nogales"), own_transport=car)
    ZoneTravel.objects.create(origin=technician.zone, destination=role.plant.zone, minutes=40, car_minutes=25)
    return technician


@pytest.mark.parametrize(("car", "by_car"), [(True, 25), (False, None)])
def test_minutes_by_bus_and_by_a_car_if_there_is_one(role: Role, car: bool, by_car: int | None) -> None:
    technician = person(role, car=car)
    assert commute_to(technician.user, role) == Commute(technician.zone, 40, by_car)


def test_nothing_for_who_names_no_zone(role: Role) -> None:
    assert commute_to(TechnicianFactory(zone=None).user, role) is None


def test_the_page_names_the_minutes_and_the_stop_of_ones_own_zone(role: Role, client: Client) -> None:
    technician = person(role, car=True)
    route = RouteFactory(plant=role.plant, shift="")
    RouteStopFactory(route=route, zone=technician.zone, name="Oxxo Nogales", time=datetime.time(5, 20))
    RouteStopFactory(route=route, zone=role.plant.zone, name="Otro", time=datetime.time(5, 40))
    strange = client.get(role.get_absolute_url()).content.decode()
    assert "own-stop" not in strange
    assert "min en camión" not in strange
    client.force_login(technician.user)
    mine = client.get(role.get_absolute_url()).content.decode()
    assert "unos 40 min en camión, 25 min en carro" in mine
    assert mine.count("own-stop") == 1
    assert (
        mine.index("own-stop")
        < mine.index("Oxxo Nogales")
        < mine.index("<strong>tu zona</strong>")
        < mine.index("Otro")
    )
