"""Matches by API: both languages, blind, in pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import editions, engines, rebuilds
from tests.factories import GrantFactory, MembershipFactory, SkillFactory, TechnicianFactory, UserFactory
from tests.matching import world
from workforce.employers.choices import RoleState
from workforce.technicians.choices import TechnicianState

pytestmark = pytest.mark.django_db


@pytest.fixture
def welding() -> dict[str, Any]:
    tig = SkillFactory(code="tig", label_es="Soldadura TIG", label_en="TIG welding")
    people = [
        world.technician((tig, 1 + n % 3), given_names="Guadalupe", paternal="Zubirán", shifts=[]) for n in range(7)
    ]
    zone = people[0].zone
    role = world.role((tig, 3), plant__zone=zone, plant__company_bus=True)
    for _ in range(6):
        world.role((tig, 2), plant__zone=zone, plant__company_bus=True)
    rebuilds.rebuild_now()
    member = MembershipFactory(organization=role.organization).user
    return {"people": people, "role": role, "member": member}


def get(client: Client, user: Any, url: str, **query: Any) -> Any:
    client.force_login(user)
    response = client.get(url, query)
    assert response.status_code == 200, response.content
    return response.json()


def test_my_roles_come_with_reasons_in_the_asked_language(client: Client, welding: dict[str, Any]) -> None:
    me = welding["people"][2]
    found = get(client, me.user, reverse("api-my-matches"), lang="en")
    assert (found["list_state"], len(found["results"])) == ("ready", 7)
    first = found["results"][0]
    assert first["score"] == 100
    assert first["role"]["title_es"].startswith("Técnico")
    [reason] = first["explanation"]["reasons"]
    assert reason["label"] == "TIG welding"
    assert (reason["label_es"], reason["by_label_es"]) == ("Soldadura TIG", "Soldadura TIG")
    assert reason["points"] == 100
    assert reason["verdict"] == "covered"
    in_spanish = get(client, me.user, reverse("api-my-matches"), lang="es")["results"][0]
    assert in_spanish["explanation"]["reasons"][0]["label"] == "Soldadura TIG"


def test_candidates_are_blind(client: Client, welding: dict[str, Any]) -> None:
    client.force_login(welding["member"])
    response = client.get(reverse("api-role-matches", args=[welding["role"].pk]))
    rows = response.json()["results"]
    assert len(rows) == 7
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    text = response.content.decode()
    for secret in ("Guadalupe", "Zubir", "@", "phone"):
        assert secret not in text


def test_pages_follow_each_other_without_gaps_both_ways(client: Client, welding: dict[str, Any]) -> None:
    url = reverse("api-role-matches", args=[welding["role"].pk])
    whole = [row["technician"]["ref"] for row in get(client, welding["member"], url)["results"]]
    pages, address = [], f"{url}?page_size=3"
    while address:
        body = client.get(address).json()
        pages.append([row["technician"]["ref"] for row in body["results"]])
        address, back = body["next"], body["previous"]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [ref for page in pages for ref in page] == whole
    assert [row["technician"]["ref"] for row in client.get(back).json()["results"]] == pages[1]


@pytest.mark.parametrize("cursor", ["x", "bjoxOjI6Mw==", "bjotMTo1", "", "bjpB4zox", "%00"])
def test_a_cursor_that_is_not_ours_is_refused(client: Client, welding: dict[str, Any], cursor: str) -> None:
    client.force_login(welding["member"])
    response = client.get(reverse("api-role-matches", args=[welding["role"].pk]), {"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_cursor"


def test_a_part_that_does_not_exist_is_refused(client: Client, welding: dict[str, Any]) -> None:
    client.force_login(welding["member"])
    response = client.get(reverse("api-role-matches", args=[welding["role"].pk]), {"part": "far"})
    assert response.status_code == 400


def test_any_pair_can_be_explained_and_adds_up(client: Client, welding: dict[str, Any]) -> None:
    person = welding["people"][0]
    found = get(
        client, welding["member"], reverse("api-role-explain", args=[welding["role"].pk, person.ref]), lang="en"
    )
    assert found["exact_score"] == pytest.approx(sum(reason["points"] for reason in found["reasons"]), abs=0.1)
    mine = get(client, person.user, reverse("api-my-match-explain", args=[welding["role"].pk]))
    assert mine["score"] == found["score"] == 33


def test_before_the_first_rebuild_lists_are_computing_and_explaining_says_so(client: Client) -> None:
    person = TechnicianFactory(user=UserFactory())
    role = world.role()
    assert get(client, person.user, reverse("api-my-matches"))["list_state"] == "computing"
    response = client.get(reverse("api-my-match-explain", args=[role.pk]))
    assert (response.status_code, response.json()["code"]) == (409, "not_computed_yet")


def test_who_is_not_discoverable_cannot_be_explained_to_an_employer(client: Client, welding: dict[str, Any]) -> None:
    hidden = world.technician(discoverable=False)
    client.force_login(welding["member"])
    response = client.get(reverse("api-role-explain", args=[welding["role"].pk, hidden.ref]))
    assert response.status_code == 404


def test_an_engine_that_cannot_be_read_here_leaves_the_lists_without_reasons(
    client: Client, welding: dict[str, Any], settings: Any, tmp_path: Any
) -> None:
    settings.MATCHING_DIR = tmp_path
    engines.forget_engines()
    editions.forget_workspaces()
    found = get(client, welding["people"][0].user, reverse("api-my-matches"))
    assert len(found["results"]) == 7
    assert found["results"][0]["explanation"] is None
    client.force_login(welding["people"][0].user)
    assert client.get(reverse("my-matches")).status_code == 200


def test_leave_to_see_outcomes_opens_no_explanation_of_who_hides(client: Client, welding: dict[str, Any]) -> None:
    person, role = welding["people"][0], welding["role"]
    type(person).objects.filter(pk=person.pk).update(discoverable=False)
    grant = GrantFactory(technician=person, organization=role.organization, scope="outcomes")
    url = reverse("api-role-explain", args=[role.pk, person.ref])
    client.force_login(welding["member"])
    assert client.get(url).status_code == 404
    type(grant).objects.filter(pk=grant.pk).update(scope="contact")
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("change", [{"state": RoleState.DRAFT}, {"state": RoleState.DRAFT, "published_at": None}])
def test_a_draft_cannot_be_used_to_find_out_about_somebody(
    client: Client, welding: dict[str, Any], change: dict[str, Any]
) -> None:
    role = welding["role"]
    url = reverse("api-role-explain", args=[role.pk, welding["people"][0].ref])
    client.force_login(welding["member"])
    type(role).objects.filter(pk=role.pk).update(**change)
    assert client.get(url).status_code == 404
    type(role).objects.filter(pk=role.pk).update(state=RoleState.CLOSED, published_at=timezone.now())
    assert client.get(url).status_code == 200


def test_explanations_are_counted_by_themselves(
    client: Client, welding: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"anon": None, "user": None, "explain": "1/hour"}
    monkeypatch.setattr("rest_framework.throttling.ScopedRateThrottle.THROTTLE_RATES", rates)
    url = reverse("api-role-explain", args=[welding["role"].pk, welding["people"][0].ref])
    client.force_login(welding["member"])
    assert [client.get(url).status_code for _ in range(2)] == [200, 429]
    assert client.get(reverse("api-role-matches", args=[welding["role"].pk])).status_code == 200


def test_a_paused_profile_is_not_told_to_wait(client: Client, welding: dict[str, Any]) -> None:
    me = welding["people"][0]
    type(me).objects.filter(pk=me.pk).update(state=TechnicianState.PAUSED)
    found = get(client, me.user, reverse("api-my-matches"))
    assert (found["list_state"], found["results"]) == ("paused", [])
