"""The organization's roles and plants, and the form of a role."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.employers.models import Plant, Role

pytestmark = pytest.mark.django_db


def address(house: SimpleNamespace, name: str = "") -> str:
    """An address of the house's roles."""
    return f"/org/{house.organization.slug}/roles/{name}"


def fields(house: SimpleNamespace, **more: Any) -> dict[str, Any]:
    """A filled-in form."""
    base = {
        "title_es": "Soldador MIG",
        "original_language": "es",
        "plant": house.plant.pk,
        "openings": "2",
        "contract": "permanent",
        "pay_currency": "MXN",
        "pay_period": "week",
        "pay_min": "3500",
        "shifts": ["second"],
        "skill": ["mig-welding"],
        "level-mig-welding": "3",
        "must-mig-welding": "on",
        "once_key": "k1",
    }
    return base | more


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None, name
    return found[1]


def test_a_role_is_written_and_published_in_one_go(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    response = house.client.post(address(house, "new/"), fields(house, occupation="soldadora", publish="yes"))
    role = Role.objects.get()
    assert response.status_code == 302
    assert (role.title_es, role.state, role.occupation, role.shifts, role.weekly_pay) == (
        "Soldador MIG",
        "published",
        taxonomy.welder,
        ["second"],
        3500,
    )
    need = role.role_skills.get()
    assert (need.skill, need.level, need.must, need.weight) == (taxonomy.mig, 3, True, None)


def test_a_double_click_makes_one_role(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    for _ in range(2):
        assert house.client.post(address(house, "new/"), fields(house)).status_code == 302
    assert Role.objects.count() == 1


def test_a_role_of_an_unverified_organization_waits_with_a_notice(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    house.organization.verification = "pending"
    house.organization.save()
    response = house.client.post(address(house, "new/"), fields(house, publish="yes"), follow=True)
    assert "La vacante está lista y espera" in response.content.decode()


def test_publishing_without_a_skill_keeps_what_was_typed_and_saves_nothing(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    response = house.client.post(address(house, "new/"), fields(house, skill=[], publish="yes"))
    assert response.status_code == 200
    assert "Soldador MIG" in response.content.decode()
    assert "skills" in response.context["form"].errors
    assert not Role.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_es": ""}, "title_es"),
        ({"pay_min": "-1"}, "pay_min"),
        ({"pay_max": "10"}, "pay_max"),
        ({"weekly_hours": "85"}, "weekly_hours"),
        ({"openings": "0"}, "openings"),
        ({"openings": "-2"}, "openings"),
        ({"closes_at": "2020-01-01"}, "closes_at"),
        ({"starts_on": "2020-01-01"}, "starts_on"),
        ({"occupation": "qwertyuiop"}, "occupation"),
        ({"skill": ["no-such-skill"]}, "skills"),
        ({"pay_min": "NaN"}, "pay_min"),
        ({"plant": "999999"}, "plant"),
        ({"title_es": "a\x00b"}, "title_es"),
    ],
)
def test_bad_input_is_said_beside_its_field(
    house: SimpleNamespace, taxonomy: SimpleNamespace, wrong: dict[str, Any], field: str
) -> None:
    response = house.client.post(address(house, "new/"), fields(house, **wrong))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Role.objects.exists()


def test_more_than_eighty_skills_are_refused(house: SimpleNamespace) -> None:
    codes = [make.SkillFactory().code for _ in range(81)]
    response = house.client.post(address(house, "new/"), fields(house, skill=codes))
    assert "skills" in response.context["form"].errors


def test_pay_below_the_border_minimum_is_saved_with_a_warning(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    response = house.client.post(address(house, "new/"), fields(house, pay_min="2000"), follow=True)
    assert Role.objects.count() == 1
    assert "3,086.09" in response.content.decode()


def test_the_usual_skills_of_an_occupation_are_offered_and_nothing_is_saved(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    data = fields(house, skill=[], occupation="welder") | {"suggest-skills": "yes"}
    html = house.client.post(address(house, "new/"), data).content.decode()
    assert 'value="mig-welding"' in html
    assert 'value="blueprint-reading"' in html
    assert not Role.objects.exists()


def test_without_a_plant_the_form_asks_for_one_first(house: SimpleNamespace) -> None:
    house.plant.delete()
    html = house.client.get(address(house, "new/")).content.decode()
    assert f"/org/{house.organization.slug}/plants/" in html
    assert 'name="title_es"' not in html


def opened(house: SimpleNamespace, role: Role) -> dict[str, Any]:
    """The form of a role as somebody just opened it."""
    response = house.client.get(address(house, f"{role.pk}/edit/"))
    return fields(house, revision=hidden(response, "revision"), base=hidden(response, "base"), once_key="")


def test_two_people_editing_lose_nothing(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    house.client.post(address(house, "new/"), fields(house))
    role = Role.objects.get()
    mine, theirs = opened(house, role), opened(house, role)
    theirs |= {"openings": "7", "title_en": "MIG welder", "skill": ["mig-welding", "blueprint-reading"]}
    assert house.client.post(address(house, f"{role.pk}/edit/"), theirs).status_code == 302

    mine |= {"openings": "9", "description_es": "Soldar tubo"}
    refused = house.client.post(address(house, f"{role.pk}/edit/"), mine)
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "Soldar tubo" in html  # mine stays
    assert 'value="MIG welder"' in html  # theirs is taken over
    assert 'value="blueprint-reading"' in html
    assert "«7»" in html
    assert "«9»" in html
    role.refresh_from_db()
    assert (role.openings, role.revision) == (7, 2)

    form = refused.context["form"]
    again = house.client.post(address(house, f"{role.pk}/edit/"), dict(form.data.lists()))
    assert again.status_code == 302
    role.refresh_from_db()
    assert (role.openings, role.title_en, role.description_es) == (9, "MIG welder", "Soldar tubo")
    assert role.role_skills.count() == 2


def test_an_edit_without_its_revision_or_with_a_forged_base_overwrites_nothing(
    house: SimpleNamespace, taxonomy: SimpleNamespace
) -> None:
    house.client.post(address(house, "new/"), fields(house))
    role = Role.objects.get()
    response = house.client.post(address(house, f"{role.pk}/edit/"), fields(house, openings="50", base="forged"))
    assert response.status_code == 409
    role.refresh_from_db()
    assert role.openings == 2


def test_the_occupation_list_follows_the_typing(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    html = house.client.get("/roles/occupations/?occupation=soldad").content.decode()
    assert "Soldador/Soldadora" in html
    assert house.client.get("/roles/occupations/?occupation=").content.decode().strip() == ""


def test_a_role_is_published_closed_and_opened_again(house: SimpleNamespace, taxonomy: SimpleNamespace) -> None:
    house.client.post(address(house, "new/"), fields(house))
    role = Role.objects.get()
    for name, state in (
        ("publish", "published"),
        ("publish", "published"),
        ("close", "closed"),
        ("publish", "published"),
    ):
        house.client.post(address(house, f"{role.pk}/{name}/"))
        role.refresh_from_db()
        assert role.state == state


def test_publishing_what_may_not_be_leads_to_the_form_with_the_reason(house: SimpleNamespace) -> None:
    role = make.RoleFactory(plant=house.plant, draft=True, closes_at=timezone.localdate() - timedelta(days=2))
    response = house.client.post(address(house, f"{role.pk}/publish/"), follow=True)
    assert response.redirect_chain[-1][0].endswith("/edit/")
    assert "habilidad" in response.content.decode()


def test_the_list_costs_the_same_for_one_role_and_for_thirty(house: SimpleNamespace, query_budget: QueryBudget) -> None:
    for _ in range(30):
        make.RoleFactory(plant=house.plant)
    make.ApplicationFactory(role=Role.objects.latest("pk"))
    response = query_budget(house.client, "org-roles", address(house))
    assert response.context["page"].paginator.count == 30


def test_viewers_look_and_do_not_touch(house: SimpleNamespace) -> None:
    role = make.RoleFactory(plant=house.plant)
    viewer = make.MembershipFactory(organization=house.organization, position="viewer").user
    client = Client()
    client.force_login(viewer)
    html = client.get(address(house)).content.decode()
    assert "/close/" not in html
    assert client.post(address(house, f"{role.pk}/close/")).status_code == 404
    role.refresh_from_db()
    assert role.state == "published"


def test_plants_are_listed_added_and_changed(house: SimpleNamespace, query_budget: QueryBudget) -> None:
    zone = make.ZoneFactory()
    url = f"/org/{house.organization.slug}/plants/"
    new = {
        "name": "Planta Dos",
        "zone": zone.pk,
        "park_name": "Parque <b>",
        "time_zone": "America/Denver",
        "company_bus": "on",
    }
    assert house.client.post(url, new).status_code == 302
    again = house.client.post(url, new)
    assert (again.status_code, Plant.objects.filter(name="Planta Dos").count()) == (200, 1)
    plant = Plant.objects.get(name="Planta Dos")
    house.client.post(f"{url}{plant.pk}/", new | {"name": "Planta Tres"})
    html = query_budget(house.client, "org-plants", url).content.decode()
    assert "Planta Tres" in html
    assert "Parque <b>" not in html
