"""Routes of plants: members of the organization look, its owners and recruiters keep them, nobody else knows."""

from __future__ import annotations

from typing import Any

from tests.access.rows_employers import EDITORS, MEMBERS
from tests.access.table import Row, who
from tests.access.world import World
from tests.factories import RouteFactory, RouteStopFactory
from workforce.employers.models import RouteStop

NOBODY = who(anonymous="login")


def prepare(world: World) -> None:
    """A route of the plant with a stop, and one of another organization's."""
    RouteStopFactory(route=RouteFactory(plant=world.plant), zone=world.plant.zone)
    RouteStopFactory(route__plant__organization=world.other_employer)


def own(world: World) -> RouteStop:
    """The stop of the plant's route."""
    return RouteStop.objects.select_related("route").filter(route__plant=world.plant).earliest("pk")


def of_others(world: World) -> RouteStop:
    """The stop of the other organization."""
    return (
        RouteStop.objects.select_related("route").filter(route__plant__organization=world.other_employer).earliest("pk")
    )


def plant(world: World) -> dict[str, Any]:
    return {"slug": world.employer.slug, "pk": world.plant.pk}


def route(world: World) -> dict[str, Any]:
    return plant(world) | {"route_pk": own(world).route_id}


def stop(world: World) -> dict[str, Any]:
    return route(world) | {"stop_pk": own(world).pk}


def foreign_plant(world: World) -> dict[str, Any]:
    """One's own organization in the address, and the plant of another."""
    return {"slug": world.employer.slug, "pk": of_others(world).route.plant_id}


def foreign_route(world: World) -> dict[str, Any]:
    """One's own plant, and the route of another's."""
    return plant(world) | {"route_pk": of_others(world).route_id}


def foreign_all(world: World) -> dict[str, Any]:
    """One's own organization, and everything else of another."""
    return foreign_plant(world) | {"route_pk": of_others(world).route_id}


def foreign_stop(world: World) -> dict[str, Any]:
    """One's own route, and the stop of another's."""
    return route(world) | {"stop_pk": of_others(world).pk}


def new_stop(world: World) -> dict[str, Any]:
    return {"name": "Oxxo", "zone": world.plant.zone_id, "time": "05:10"}


ROWS = (
    Row("plant-routes", plant, GET=MEMBERS, POST=EDITORS, prepare=prepare, body=lambda w: {"name": "Ruta Nueva"}),
    Row("plant-routes", foreign_plant, GET=NOBODY, POST=NOBODY, prepare=prepare, body=lambda w: {"name": "Ajena"}),
    Row("route-edit", route, GET=EDITORS, POST=EDITORS, prepare=prepare),
    Row("route-edit", foreign_route, GET=NOBODY, POST=NOBODY, prepare=prepare, body=lambda w: {"name": "Ajena"}),
    Row("route-edit", foreign_all, GET=NOBODY, POST=NOBODY, prepare=prepare, body=lambda w: {"name": "Ajena"}),
    Row("route-remove", route, POST=EDITORS, prepare=prepare, body=lambda w: {"revision": 1}),
    Row("route-remove", foreign_route, POST=NOBODY, prepare=prepare, body=lambda w: {"revision": 1}),
    Row("route-remove", foreign_all, POST=NOBODY, prepare=prepare, body=lambda w: {"revision": 1}),
    Row("route-stops", route, POST=EDITORS, prepare=prepare, body=new_stop),
    Row("route-stops", foreign_route, POST=NOBODY, prepare=prepare, body=new_stop),
    Row("stop-edit", stop, GET=EDITORS, POST=EDITORS, prepare=prepare, body=new_stop),
    Row("stop-edit", foreign_stop, GET=NOBODY, POST=NOBODY, prepare=prepare, body=new_stop),
    Row("stop-remove", stop, POST=EDITORS, prepare=prepare, body=lambda w: {"revision": 1}),
)
