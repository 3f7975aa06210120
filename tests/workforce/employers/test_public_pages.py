"""Role search and the page of a role, as strangers and members see them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.employers import services
from workforce.employers.models import Role

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('x')</script>"


def page(role: Role, lang: str = "es") -> str:
    """The address of a role, with its slug in that language."""
    return f"/{lang}/roles/{role.pk}-{role.slug}/"


def test_the_search_costs_the_same_for_one_role_and_for_thirty(client: Client, query_budget: QueryBudget) -> None:
    plant = make.PlantFactory()
    for _ in range(30):
        make.RoleFactory(plant=plant)
    response = query_budget(client, "role-search", "/es/roles/")
    assert response.context["page"].paginator.count == 30
    query_budget(client, "role-search", "/en/roles/?q=maintenance&sort=pay&page=2")


@pytest.mark.parametrize(("lang", "words"), [("es", "3 vacantes abiertas"), ("en", "3 open roles")])
def test_the_search_speaks_the_readers_language(client: Client, lang: str, words: str) -> None:
    make.RoleFactory.create_batch(3)
    assert words in client.get(f"/{lang}/roles/").content.decode()


def test_htmx_gets_the_list_alone_and_a_plain_form_the_page(client: Client) -> None:
    make.RoleFactory()
    assert "<html" in client.get("/es/roles/?q=").content.decode()
    part = client.get("/es/roles/?q=", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_a_search_that_finds_nothing_offers_words_to_try(client: Client) -> None:
    make.RoleFactory()
    html = client.get("/es/roles/?q=astronauta").content.decode()
    assert "q=soldador" in html


@pytest.mark.parametrize(
    "query", ["pay_min=-5", "pay_min=x", "shift=nope", "page=999", "page=x", "sort=evil", "q=" + "x" * 500]
)
def test_a_nonsense_query_is_no_crash(client: Client, query: str) -> None:
    make.RoleFactory()
    assert client.get(f"/es/roles/?{query}").status_code == 200


def test_the_page_shows_structure_in_the_readers_language_and_text_in_its_own(client: Client) -> None:
    role = make.RoleFactory(
        title_en=None, description_en=None, title_es="Soldador MIG", description_es="Soldar.", benefits=["canteen"]
    )
    make.RoleSkillFactory(
        role=role, skill=make.SkillFactory(label_es="Soldadura MIG", label_en="MIG welding"), must=True
    )
    html = client.get(page(role, "en")).content.decode()
    assert "First shift (morning)" in html
    assert "MIG welding" in html
    assert "Canteen" in html
    assert '<span lang="es">Soldador MIG</span>' in html
    assert "The company wrote this in Spanish." in html
    assert 'lang="es"' not in client.get(page(role)).content.decode().split("<main")[1].split("</main")[0]


def test_another_slug_leads_to_the_right_one(client: Client) -> None:
    role = make.RoleFactory(title_es="Soldador MIG")
    assert client.get(f"/es/roles/{role.pk}-otra-cosa/").headers["Location"] == f"/es/roles/{role.pk}-soldador-mig/"


def test_a_closed_role_is_gone_with_a_way_to_others(client: Client) -> None:
    role = make.RoleFactory(title_es="Soldador")
    services.close_role(role=role)
    response = client.get(page(role))
    assert response.status_code == 410
    assert "/es/roles/?q=Soldador" in response.content.decode()


def test_an_expired_role_is_gone_before_the_clock_closes_it(client: Client) -> None:
    role = make.RoleFactory(closes_at=timezone.localdate() - timedelta(days=1))
    assert client.get(page(role)).status_code == 410


def test_drafts_and_roles_of_unverified_organizations_are_not_there_for_strangers(client: Client) -> None:
    waiting = make.RoleFactory(plant__organization__verification="pending")
    for role in (make.RoleFactory(draft=True), waiting):
        assert client.get(page(role)).status_code == 404


def test_members_see_their_draft_and_what_it_waits_for(house: SimpleNamespace) -> None:
    draft = make.RoleFactory(plant=house.plant, draft=True)
    assert "Es un borrador" in house.client.get(page(draft)).content.decode()


def test_html_in_every_text_stays_text(client: Client) -> None:
    plant = make.PlantFactory(name=EVIL, park_name=EVIL, organization__name=EVIL)
    role = make.RoleFactory(plant=plant, title_es=EVIL, title_en=EVIL, description_es=EVIL, description_en=EVIL)
    make.RoleSkillFactory(role=role, skill=make.SkillFactory(label_es=EVIL, label_en=EVIL))
    for address in (page(role), page(role, "en"), "/es/roles/", "/en/roles/"):
        html = client.get(address, follow=True).content.decode()
        assert EVIL not in html
        assert "&lt;script&gt;" in html


def test_strangers_are_sent_to_log_in_and_come_back(client: Client) -> None:
    role = make.RoleFactory()
    assert f"?next={page(role)}" in client.get(page(role)).content.decode()


def test_somebody_who_applied_is_told_so() -> None:
    role = make.RoleFactory()
    technician = make.TechnicianFactory()
    client = Client()
    client.force_login(technician.user)
    before = client.get(page(role)).content.decode()
    make.ApplicationFactory(role=role, technician=technician)
    after = client.get(page(role)).content.decode()
    assert "Me interesa" in before
    assert "Me interesa" not in after


def test_the_page_keeps_the_order_that_was_asked_for(client: Client) -> None:
    low, high = make.RoleFactory(weekly_pay=2000), make.RoleFactory(weekly_pay=4000)
    low_again = make.RoleFactory(weekly_pay=2500)
    by_pay = client.get("/es/roles/?sort=pay").context["page"].object_list
    newest = client.get("/es/roles/").context["page"].object_list
    assert list(by_pay) == [high, low_again, low]
    assert list(newest) == [low_again, high, low]
