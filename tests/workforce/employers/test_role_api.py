"""Roles and plants by API."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.employers.models import Plant, Role

pytestmark = pytest.mark.django_db
LIST = "/api/v1/roles/"


def body(house: SimpleNamespace, **more: Any) -> dict[str, Any]:
    """A sound role."""
    return {
        "organization": house.organization.slug,
        "plant": house.plant.pk,
        "title_en": "MIG welder",
        "shifts": ["second"],
        "pay_min": "3200.00",
        "skills": [{"skill": "mig-welding", "level": 3, "must": True}],
    } | more


def post(house: SimpleNamespace, data: Any, **headers: str) -> Any:
    """Post a role as the recruiter."""
    return house.client.post(LIST, data, content_type="application/json", headers=headers)


def test_a_role_is_written_published_changed_and_closed(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    made = post(house, body(house, occupation="welder", external_ref="R-1"))
    role = made.json()
    assert (made.status_code, made.headers["ETag"], role["state"]) == (201, '"1"', "draft")
    assert (role["title"], role["title_es"], role["title_en"], role["original_language"]) == (
        "MIG welder",
        None,
        "MIG welder",
        "en",
    )
    assert role["skills"][0]["label_es"] == "Soldadura MIG"
    assert role["external_ref"] == "R-1"
    address = f"{LIST}{role['id']}/"
    published = house.client.post(f"{address}publish/", headers={"If-Match": '"1"'})
    assert (published.json()["state"], published.headers["ETag"]) == ("published", '"2"')
    changed = house.client.patch(
        address, {"openings": 4, "skills": []}, content_type="application/json", headers={"If-Match": '"2"'}
    )
    assert (changed.json()["openings"], changed.json()["skills"], changed.json()["revision"]) == (4, [], 3)
    closed = house.client.post(f"{address}close/", headers={"If-Match": "*"})
    assert closed.json()["state"] == "closed"


def test_an_edit_needs_the_newest_version(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    address = f"{LIST}{post(house, body(house)).json()['id']}/"
    for headers, status in (({}, 428), ({"If-Match": '"9"'}, 412)):
        answer = house.client.patch(address, {"openings": 4}, content_type="application/json", headers=headers)
        assert answer.status_code == status
    assert Role.objects.get().openings == 1


def test_an_unchanged_role_is_not_sent_again(house: SimpleNamespace) -> None:
    role = make.RoleFactory()
    assert house.client.get(f"{LIST}{role.pk}/", headers={"If-None-Match": '"1"'}).status_code == 304


def test_the_same_key_twice_makes_one_role(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    first, second = (post(house, body(house), **{"Idempotency-Key": "abc"}).json() for _ in range(2))
    assert first["id"] == second["id"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_en": ""}, "title_es"),
        ({"pay_min": "-1"}, "pay_min"),
        ({"pay_max": "1"}, "pay_max"),
        ({"closes_at": "2020-01-01"}, "closes_at"),
        ({"weekly_hours": "90"}, "weekly_hours"),
        ({"openings": 0}, "openings"),
        ({"shifts": ["x"]}, "shifts.0"),
        ({"plant": 999_999}, "plant"),
        ({"skills": [{"skill": "nope"}]}, "skills"),
        ({"skills": [{"skill": "mig-welding"}] * 2}, "skills"),
        ({"skills": [{"skill": "mig-welding", "level": 9}]}, "skills.0.level"),
        ({"credentials": [{"credential": "nope"}]}, "credentials.0.credential"),
        ({"title_en": "x" * 161}, "title_en"),
        ({"description_en": "x" * 6001}, "description_en"),
    ],
)
def test_bad_input_names_its_field(
    house: SimpleNamespace, taxonomy: SimpleNamespace, wrong: dict[str, Any], field: str
) -> None:
    answer = post(house, body(house, **wrong))
    assert answer.status_code == 400
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert not Role.objects.exists()


def test_another_organizations_plant_is_refused(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    assert post(house, body(house, plant=make.PlantFactory().pk)).status_code == 400


def test_publishing_without_skills_is_refused_with_the_reason(house: SimpleNamespace) -> None:
    role = make.RoleFactory(plant=house.plant, draft=True)
    answer = house.client.post(f"{LIST}{role.pk}/publish/", headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "no_skills")


def test_strangers_read_open_roles_without_the_organizations_own_number(client: Client) -> None:
    role = make.RoleFactory(external_ref="R-9")
    make.RoleFactory(draft=True)
    found = client.get(LIST).json()["results"]
    assert [row["id"] for row in found] == [role.pk]
    assert "external_ref" not in found[0]


def test_members_list_their_own_in_any_state(house: SimpleNamespace) -> None:
    draft = make.RoleFactory(plant=house.plant, draft=True)
    make.RoleFactory()
    found = house.client.get(f"{LIST}?mine=true&state=draft").json()["results"]
    assert [row["id"] for row in found] == [draft.pk]
    assert Client().get(f"{LIST}?mine=true").json()["results"] == []


def test_filters_are_those_of_the_page(client: Client, house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    role = post(house, body(house)).json()
    house.client.post(f"{LIST}{role['id']}/publish/", headers={"If-Match": "*"})
    make.RoleFactory()
    assert [row["id"] for row in client.get(f"{LIST}?q=soldadura").json()["results"]] == [role["id"]]
    assert client.get(f"{LIST}?shift=nope").status_code == 400


def test_pages_by_pay_neither_skip_nor_repeat(client: Client) -> None:
    plant = make.PlantFactory()
    for pay in (None, 1000, 3000, 3000, 2000):
        make.RoleFactory(plant=plant, weekly_pay=pay)
    seen, address = [], f"{LIST}?sort=pay&page_size=2"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    pays = dict(Role.objects.values_list("pk", "weekly_pay"))
    assert [pays[pk] or 0 for pk in seen] == [3000, 3000, 2000, 1000, 0]


def test_the_list_costs_the_same_for_one_role_and_for_twenty(client: Client, query_budget: QueryBudget) -> None:
    plant = make.PlantFactory()
    for _ in range(20):
        make.RoleSkillFactory(role=make.RoleFactory(plant=plant))
    assert len(query_budget(client, "api-roles", LIST).json()["results"]) == 20


def test_plants_are_listed_and_added_once(house: SimpleNamespace) -> None:
    address = f"/api/v1/organizations/{house.organization.slug}/plants/"
    new = {"name": "Planta Dos", "zone": house.plant.zone.code}
    assert house.client.post(address, new, content_type="application/json").status_code == 201
    assert house.client.post(address, new, content_type="application/json").status_code == 400
    assert {row["name"] for row in house.client.get(address).json()["results"]} == {"Planta Bravo", "Planta Dos"}
    assert Plant.objects.count() == 2
