"""Zones by API."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import ParkFactory, ZoneFactory

pytestmark = pytest.mark.django_db


def test_anybody_reads_the_zones_by_code(client: Client) -> None:
    ZoneFactory(code="b")
    ZoneFactory(code="a", country="US", city="El Paso")
    body = client.get("/api/v1/zones/").json()
    assert [zone["code"] for zone in body["results"]] == ["a", "b"]
    assert client.get("/api/v1/zones/a/").json()["city"] == "El Paso"


def test_zones_are_narrowed_by_country_and_city(client: Client) -> None:
    ZoneFactory(code="b")
    ZoneFactory(code="a", country="US", city="El Paso")
    assert [zone["code"] for zone in client.get("/api/v1/zones/?country=US").json()["results"]] == ["a"]
    assert [zone["code"] for zone in client.get("/api/v1/zones/?city=ciudad+Juárez").json()["results"]] == ["b"]


def test_a_country_that_is_none_of_ours_is_refused(client: Client) -> None:
    response = client.get("/api/v1/zones/?country=FR")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "country"


def test_a_retired_zone_is_not_listed_but_found_by_its_code(client: Client) -> None:
    ZoneFactory(code="old", retired=True, name="Vieja", name_en="Old")
    assert client.get("/api/v1/zones/").json()["results"] == []
    body = client.get("/api/v1/zones/old/").json()
    assert (body["retired"], body["approximate"], body["name_en"]) == (True, True, "Old")


def test_anybody_reads_the_parks_and_narrows_them(client: Client) -> None:
    here = ParkFactory(code="b", zone__code="zona-b")
    ParkFactory(code="a", zone__country="US", zone__city="El Paso")
    ParkFactory(code="gone", retired=True)
    assert [park["code"] for park in client.get("/api/v1/parks/").json()["results"]] == ["a", "b"]
    assert [park["code"] for park in client.get("/api/v1/parks/?country=US").json()["results"]] == ["a"]
    assert client.get(f"/api/v1/parks/?zone={here.zone.code}").json()["results"][0]["zone"] == "zona-b"
    assert client.get("/api/v1/parks/gone/").json()["approximate"] is True
