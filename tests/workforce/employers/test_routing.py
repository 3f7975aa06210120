"""Routes and their stops: order, bad times, and what two people do at once."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories as make
from workforce.core.errors import StaleRevision
from workforce.employers import routing
from workforce.employers.models import Route, RouteStop

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def stop(route: Route, time: str, name: str = "", **more: Any) -> RouteStop:
    zone = more.pop("zone", None) or route.plant.zone
    return routing.save_stop(route=route, zone=zone, name=name or f"Parada {time}", time=at(time), **more)


def times(route: Route) -> list[str]:
    return [f"{stop.time:%H:%M}" for stop in RouteStop.objects.filter(route=route).order_by("order")]


@pytest.mark.parametrize(
    ("added", "order"),
    [
        (["06:10", "05:20", "05:50"], ["05:20", "05:50", "06:10"]),
        (["00:20", "23:10", "23:50"], ["23:10", "23:50", "00:20"]),
        (["00:00", "22:30"], ["22:30", "00:00"]),
        (["14:00"], ["14:00"]),
    ],
)
def test_stops_stand_in_the_order_of_passing_also_over_midnight(added: list[str], order: list[str]) -> None:
    route = make.RouteFactory()
    for time in added:
        stop(route, time)
    assert times(route) == order
    assert list(route.stops.values_list("order", flat=True)) == list(range(1, len(order) + 1))


def test_a_changed_time_moves_a_stop_and_a_removed_one_leaves_no_gap() -> None:
    route = make.RouteFactory()
    first, second, third = stop(route, "05:00"), stop(route, "05:30"), stop(route, "06:00")
    stop(route, "06:15", stop=first, revision=first.revision)
    assert times(route) == ["05:30", "06:00", "06:15"]
    routing.remove_stop(route=route, stop=third, revision=third.revision)
    assert times(route) == ["05:30", "06:15"]
    assert list(route.stops.values_list("order", flat=True)) == [1, 2]
    assert RouteStop.objects.filter(pk=second.pk).exists()


def test_the_same_stop_sent_twice_is_one_and_removed_twice_is_gone() -> None:
    route = make.RouteFactory()
    one, again = stop(route, "05:00", "Oxxo"), stop(route, "05:00", " Oxxo ")
    assert one == again
    for _ in range(2):
        routing.remove_stop(route=route, stop=one, revision=one.revision)
    assert not route.stops.exists()


@pytest.mark.parametrize(("time", "code"), [("05:00", "unique"), ("09:01", "too_long"), ("00:59", "too_long")])
def test_times_that_cannot_be_are_refused(time: str, code: str) -> None:
    route = make.RouteFactory()
    stop(route, "05:00", "Una")
    with pytest.raises(ValidationError) as found:
        stop(route, time, "Otra")
    assert found.value.error_dict["time"][0].code == code
    assert times(route) == ["05:00"]


def test_four_hours_are_a_long_way_and_still_one() -> None:
    route = make.RouteFactory()
    stop(route, "22:00")
    stop(route, "02:00")
    assert times(route) == ["22:00", "02:00"]


def test_seconds_do_not_count() -> None:
    assert stop(make.RouteFactory(), "05:00:59").time == at("05:00")


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_stop_without_a_name_that_fits_is_refused(name: str) -> None:
    route = make.RouteFactory()
    with pytest.raises(ValidationError):
        routing.save_stop(route=route, zone=route.plant.zone, name=name, time=at("05:00"))
    assert not route.stops.exists()


def test_a_route_holds_only_so_many_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "MAX_STOPS", 2)
    route = make.RouteFactory()
    first = stop(route, "05:00")
    stop(route, "05:01")
    with pytest.raises(ValidationError):
        stop(route, "05:02")
    stop(route, "05:02", stop=first, revision=first.revision)
    assert times(route) == ["05:01", "05:02"]


def test_of_two_edits_of_one_stop_the_second_is_refused() -> None:
    route = make.RouteFactory()
    seen = stop(route, "05:00")
    stop(route, "05:10", "Suya", stop=seen, revision=seen.revision)
    with pytest.raises(StaleRevision):
        stop(route, "05:20", "Mía", stop=seen, revision=seen.revision)
    with pytest.raises(StaleRevision):
        routing.remove_stop(route=route, stop=seen, revision=seen.revision)
    assert times(route) == ["05:10"]


def test_two_people_may_work_on_two_stops_of_a_route() -> None:
    route = make.RouteFactory()
    one, other = stop(route, "05:00"), stop(route, "05:30")
    stop(route, "05:05", stop=one, revision=one.revision)
    stop(route, "05:35", stop=other, revision=other.revision)
    assert times(route) == ["05:05", "05:35"]


def test_an_edit_of_a_stop_that_somebody_removed_says_that_it_is_gone() -> None:
    route = make.RouteFactory()
    gone = stop(route, "05:00")
    routing.remove_stop(route=route, stop=gone, revision=gone.revision)
    with pytest.raises(RouteStop.DoesNotExist):
        stop(route, "05:10", stop=gone, revision=gone.revision)


def test_a_route_with_stops_that_the_reader_has_not_seen_is_not_removed() -> None:
    route = make.RouteFactory()
    seen = route.revision
    stop(route, "05:00")
    with pytest.raises(StaleRevision):
        routing.remove_route(route=route, revision=seen)
    route.refresh_from_db()
    routing.remove_route(route=route, revision=route.revision)
    routing.remove_route(route=route, revision=route.revision)
    assert not RouteStop.objects.exists()


def test_one_route_per_name_and_shift() -> None:
    plant = make.PlantFactory()
    first = routing.save_route(plant=plant, name="Ruta  Sur ", shift="first")
    assert first.name == "Ruta Sur"
    routing.save_route(plant=plant, name="Ruta Sur", shift="second")
    routing.save_route(plant=make.PlantFactory(), name="Ruta Sur", shift="first")
    with pytest.raises(ValidationError) as found:
        routing.save_route(plant=plant, name="Ruta Sur", shift="first")
    assert found.value.error_dict["name"][0].code == "unique"
    with pytest.raises(ValidationError):
        routing.save_route(plant=plant, name="Otra", shift="midnight")
    same = routing.save_route(plant=plant, name="Ruta Sur", shift="first", route=first, revision=first.revision)
    assert same.revision == 2


def test_of_two_edits_of_one_route_the_second_is_refused() -> None:
    route = make.RouteFactory(name="Ruta 1")
    routing.save_route(plant=route.plant, name="Suya", shift="", route=route, revision=1)
    with pytest.raises(StaleRevision):
        routing.save_route(plant=route.plant, name="Mía", shift="", route=route, revision=1)
    route.refresh_from_db()
    assert route.name == "Suya"


def test_a_plant_holds_only_so_many_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "MAX_ROUTES", 1)
    plant = make.RouteFactory().plant
    with pytest.raises(ValidationError):
        routing.save_route(plant=plant, name="Otra", shift="")
