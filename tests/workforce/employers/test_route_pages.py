"""Pages of routes, the plant's park and time zone, and where the public and the API show them."""

from __future__ import annotations

import datetime
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.employers.models import Plant, Route, RouteStop

pytestmark = pytest.mark.django_db


def address(house: SimpleNamespace, *more: Any) -> str:
    return f"/org/{house.organization.slug}/plants/{house.plant.pk}/routes/" + "".join(f"{part}/" for part in more)


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def fields(html: str, **more: Any) -> dict[str, Any]:
    """What a browser would send along."""
    return {name: hidden(html, name) for name in ("revision", "seen")} | more


@pytest.fixture
def route(house: SimpleNamespace) -> Route:
    return make.RouteFactory(plant=house.plant, name="Ruta Poniente")


def test_a_route_is_added_filled_and_listed(house: SimpleNamespace) -> None:
    zone = make.ZoneFactory(name="Anapra")
    answer = house.client.post(address(house), {"name": "Ruta Poniente", "shift": "first"})
    route = Route.objects.get()
    assert answer.headers["Location"] == address(house, route.pk)
    for name, time in (("Mercado", "05:40"), ("Oxxo", "05:10")):
        answer = house.client.post(
            address(house, route.pk, "stops"), {"name": name, "zone": zone.pk, "time": time}, follow=True
        )
        assert answer.status_code == 200
    html = house.client.get(address(house)).content.decode()
    assert html.index("05:10") < html.index("05:40")
    assert "Anapra" in html


@pytest.mark.parametrize("time", ["25:00", "05:60", "temprano", "", "-1:00", "05:10:00:00"])
def test_a_bad_time_is_told_and_nothing_is_lost(house: SimpleNamespace, route: Route, time: str) -> None:
    zone = make.ZoneFactory()
    data = {"name": "Frente al mercado", "zone": zone.pk, "time": time}
    answer = house.client.post(address(house, route.pk, "stops"), data)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in html
    assert "Frente al mercado" in html
    assert not RouteStop.objects.exists()


def test_a_time_that_is_taken_is_told_at_the_field(house: SimpleNamespace, route: Route) -> None:
    stop = make.RouteStopFactory(route=route)
    data = {"name": "Otra", "zone": stop.zone_id, "time": "06:00"}
    html = house.client.post(address(house, route.pk, "stops"), data).content.decode()
    assert 'aria-invalid="true"' in html
    assert RouteStop.objects.count() == 1


def test_a_stop_is_changed_and_removed(house: SimpleNamespace, route: Route) -> None:
    stop = make.RouteStopFactory(route=route, name="Vieja")
    page = address(house, route.pk, "stops", stop.pk)
    html = house.client.get(page).content.decode()
    assert 'value="06:00"' in html
    data = fields(html, name="Nueva", zone=stop.zone_id, time="06:05")
    assert house.client.post(page, data).status_code == 302
    stop.refresh_from_db()
    assert (stop.name, stop.time) == ("Nueva", datetime.time(6, 5))
    old = house.client.post(f"{page}remove/", {"revision": 1}, follow=True)
    assert RouteStop.objects.exists(), old.content
    house.client.post(f"{page}remove/", {"revision": stop.revision})
    assert house.client.post(f"{page}remove/", {"revision": stop.revision}).status_code == 302
    assert not RouteStop.objects.exists()
    assert house.client.post(page, data).status_code == 404


def test_of_two_who_edit_a_stop_the_second_sees_both_and_decides(house: SimpleNamespace, route: Route) -> None:
    stop = make.RouteStopFactory(route=route, name="Vieja")
    page = address(house, route.pk, "stops", stop.pk)
    html = house.client.get(page).content.decode()
    mine = fields(html, name="La mía", zone=stop.zone_id, time="06:00")
    house.client.post(page, fields(html, name="La suya", zone=stop.zone_id, time="06:30"))
    answer = house.client.post(page, mine)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "La suya" in told
    assert "La mía" in told
    stop.refresh_from_db()
    assert stop.name == "La suya"
    assert house.client.post(page, mine | fields(told)).status_code == 302
    stop.refresh_from_db()
    assert (stop.name, stop.revision) == ("La mía", 3)


def test_a_stop_added_meanwhile_does_not_hold_up_a_new_name_of_the_route(house: SimpleNamespace, route: Route) -> None:
    page = address(house, route.pk)
    html = house.client.get(page).content.decode()
    house.client.post(f"{page}stops/", {"name": "Oxxo", "zone": make.ZoneFactory().pk, "time": "05:00"})
    form = html[html.index(f'action="{page}"') :]
    assert house.client.post(page, fields(form, name="Ruta Norte", shift="")).status_code == 302
    route.refresh_from_db()
    assert route.name == "Ruta Norte"


def test_a_route_is_removed_by_who_has_seen_it_as_it_is(house: SimpleNamespace, route: Route) -> None:
    make.RouteStopFactory(route=route)
    house.client.post(address(house, route.pk, "remove"), {"revision": "x"})
    assert Route.objects.exists()
    house.client.post(address(house, route.pk, "remove"), {"revision": route.revision})
    assert not Route.objects.exists()
    assert not RouteStop.objects.exists()


def test_a_viewer_looks_and_has_no_buttons(house: SimpleNamespace, route: Route) -> None:
    viewer = make.MembershipFactory(organization=house.organization, position="viewer").user
    client = Client()
    client.force_login(viewer)
    html = client.get(address(house)).content.decode()
    assert "Ruta Poniente" in html
    assert "<form" not in html[html.index("<main") : html.index("</main")]


def test_the_list_costs_the_same_for_one_route_and_for_twenty(
    house: SimpleNamespace, query_budget: QueryBudget
) -> None:
    for _ in range(20):
        route = make.RouteFactory(plant=house.plant)
        for minute in range(5):
            make.RouteStopFactory(route=route, time=datetime.time(5, minute), order=minute)
    html = query_budget(house.client, "plant-routes", address(house)).content.decode()
    assert html.count("05:04") == 20


def test_the_role_shows_the_routes_of_its_shifts(client: Client) -> None:
    role = make.RoleFactory(shifts=["first"])
    for shift, name in (("first", "Ruta Mañana"), ("third", "Ruta Noche"), ("", "Ruta Todas")):
        make.RouteStopFactory(route=make.RouteFactory(plant=role.plant, shift=shift, name=name), name=f"Oxxo {name}")
    make.RouteFactory(plant=role.plant, name="Ruta Vacía")
    html = client.get(role.get_absolute_url()).content.decode()
    assert "Oxxo Ruta Mañana" in html
    assert "Oxxo Ruta Todas" in html
    assert "Ruta Noche" not in html
    assert "Ruta Vacía" not in html


def test_the_api_gives_routes_with_roles_and_plants(house: SimpleNamespace, client: Client) -> None:
    role = make.RoleFactory(plant=house.plant)
    route = make.RouteFactory(plant=house.plant, name="Ruta Sur", shift="second")
    make.RouteStopFactory(route=route, name="Segunda", time=datetime.time(0, 10), order=2, zone__code="z-dos")
    make.RouteStopFactory(route=route, name="Primera", time=datetime.time(23, 50), order=1, zone__code="z-uno")
    stops = [
        {"name": "Primera", "zone": "z-uno", "time": "23:50"},
        {"name": "Segunda", "zone": "z-dos", "time": "00:10"},
    ]
    expected = [{"id": route.pk, "name": "Ruta Sur", "shift": "second", "stops": stops}]
    body = client.get(f"/api/v1/roles/{role.pk}/").json()
    assert body["routes"] == expected
    assert body["time_zone"] == "America/Ciudad_Juarez"
    plants = house.client.get(f"/api/v1/organizations/{house.organization.slug}/plants/").json()["results"]
    assert plants[0]["routes"] == expected


@pytest.mark.parametrize(
    ("country", "given", "stored"),
    [
        ("MX", "", "America/Ciudad_Juarez"),
        ("US", "", "America/Denver"),
        ("US", "America/Ciudad_Juarez", "America/Ciudad_Juarez"),
    ],
)
def test_a_plant_has_the_time_zone_of_its_zone_unless_said(
    house: SimpleNamespace, country: str, given: str, stored: str
) -> None:
    zone = make.ZoneFactory(country=country)
    url = f"/org/{house.organization.slug}/plants/"
    house.client.post(url, {"name": "Dos", "zone": zone.pk, "time_zone": given})
    assert Plant.objects.get(name="Dos").time_zone == stored
    api = {"name": "Tres", "zone": zone.code} | ({"time_zone": given} if given else {})
    body = house.client.post(
        f"/api/v1/organizations/{house.organization.slug}/plants/", api, content_type="application/json"
    ).json()
    assert body["time_zone"] == stored


def test_a_plant_in_a_park_is_found_by_the_name_of_the_park(house: SimpleNamespace, client: Client) -> None:
    park = make.ParkFactory(name="Parque Industrial Magnolia", zone=house.plant.zone)
    make.RoleFactory(plant=house.plant, title_es="Soldador")
    url = f"/org/{house.organization.slug}/plants/{house.plant.pk}/"
    data = {"name": "Planta Bravo", "zone": house.plant.zone_id, "park": park.pk, "park_name": "otro"}
    assert house.client.post(url, data).status_code == 302
    house.plant.refresh_from_db()
    assert (house.plant.park, house.plant.park_name) == (park, "")
    assert "Soldador" in client.get("/es/roles/?q=magnolia").content.decode()


def test_a_park_across_the_border_from_the_zone_is_refused(house: SimpleNamespace) -> None:
    park = make.ParkFactory(zone__country="US")
    url = f"/org/{house.organization.slug}/plants/"
    data = {"name": "Dos", "zone": house.plant.zone_id, "park": park.pk}
    assert "park" in house.client.post(url, data).context["form"].errors
    admin = Client()
    admin.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    page = admin.post(reverse("admin:employers_plant_add"), data | {"organization": house.organization.pk})
    assert "park" in page.context["adminform"].errors
    api = {"name": "Tres", "zone": house.plant.zone.code, "park": park.code}
    answer = house.client.post(
        f"/api/v1/organizations/{house.organization.slug}/plants/", api, content_type="application/json"
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "park"
    assert Plant.objects.count() == 1
