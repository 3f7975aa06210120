"""The organization's list of people without an account, on the web and by API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.budgets import QueryBudget
from workforce.accounts.choices import Position, Verification
from workforce.accounts.models import Membership, Organization
from workforce.technicians.models import Intake, Technician

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client) -> Membership:
    """A recruiter, logged in."""
    made: Membership = make.MembershipFactory(position=Position.RECRUITER, user__language="en")
    client.force_login(made.user)
    return made


def address(name: str, keeper: Membership, *more: int) -> str:
    return reverse(name, args=[keeper.organization.slug, *more])


NEW = {"given_names": "Rosa", "paternal": "Prueba", "source": "walk_in", "language": "es", "was_told": "on"}


def test_a_long_list_costs_what_a_short_one_costs(
    client: Client, keeper: Membership, query_budget: QueryBudget
) -> None:
    make.IntakeFactory.create_batch(30, organization=keeper.organization)
    query_budget(client, "people", address("people", keeper))
    query_budget(client, "api-people", address("api-person-list", keeper))


def test_a_walk_in_without_an_address_gets_a_link_on_paper(client: Client, keeper: Membership) -> None:
    response = client.post(address("person-create", keeper), NEW | {"once_key": "k"})
    assert response.status_code == 200
    assert "/claim/" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    again = client.post(address("person-create", keeper), NEW | {"once_key": "k"})
    assert again.context["link"] == response.context["link"], "a double click shows the link that works"
    assert Technician.objects.count() == 1
    assert client.get(response.context["link"]).status_code == 200


@pytest.mark.parametrize("email", ["", "rosa@example.test"])
def test_an_organization_that_is_not_verified_registers_nobody(client: Client, keeper: Membership, email: str) -> None:
    Organization.objects.update(verification=Verification.PENDING)
    response = client.post(address("person-create", keeper), NEW | {"email": email})
    assert response.status_code == 400
    assert "once our staff have verified your organization" in response.content.decode()
    assert not Intake.objects.exists()
    told = client.post(address("api-person-list", keeper), {"given_names": "Rosa"}, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (409, "not_verified")


def test_a_walk_in_with_an_address_gets_a_letter(client: Client, keeper: Membership) -> None:
    response = client.post(address("person-create", keeper), NEW | {"email": "rosa@example.test"})
    intake = Intake.objects.get()
    assert response.headers["Location"] == address("person-detail", keeper, intake.pk)
    assert intake.letter_due_at is not None


def test_nobody_is_registered_behind_their_back(client: Client, keeper: Membership) -> None:
    told = {name: value for name, value in NEW.items() if name != "was_told"}
    assert client.post(address("person-create", keeper), told).status_code == 400
    assert not Intake.objects.exists()


def test_faults_stand_at_their_field(client: Client, keeper: Membership) -> None:
    response = client.post(address("person-create", keeper), NEW | {"phone": "12"})
    assert response.status_code == 400
    assert "phone" in response.context["form"].errors


def test_the_list_is_searched_by_all_words(client: Client, keeper: Membership) -> None:
    for name in ("Rosa", "Ana"):
        make.IntakeFactory(
            organization=keeper.organization, technician__given_names=name, technician__paternal="Prueba"
        )
    shown = client.get(address("people", keeper), {"q": "prueba ros"}).context["page"]
    assert [intake.technician.given_names for intake in shown] == ["Rosa"]


def test_how_to_reach_somebody_is_not_for_viewers(client: Client, keeper: Membership) -> None:
    intake = make.IntakeFactory(organization=keeper.organization, email="rosa@example.test", phone="656 123 4567")
    page = address("person-detail", keeper, intake.pk)
    assert "rosa@example.test" in client.get(page).content.decode()
    client.force_login(make.MembershipFactory(organization=keeper.organization, position=Position.VIEWER).user)
    shown = client.get(page).content.decode()
    assert "rosa@example.test" not in shown
    assert "656 123 4567" not in shown


def test_links_and_letters_by_the_page(client: Client, keeper: Membership) -> None:
    intake = make.IntakeFactory(organization=keeper.organization, email="rosa@example.test")
    first = client.post(address("person-link", keeper, intake.pk), {"seen_round": "0"}).context["link"]
    twice = client.post(address("person-link", keeper, intake.pk), {"seen_round": "0"}).context["link"]
    newer = client.post(address("person-link", keeper, intake.pk), {"seen_round": "1"}).context["link"]
    assert first == twice != newer
    assert client.post(address("person-send", keeper, intake.pk)).status_code == 302
    intake.refresh_from_db()
    assert intake.letter_due_at is not None
    client.post(address("person-revoke", keeper, intake.pk))
    intake.refresh_from_db()
    assert (intake.letter_due_at, intake.claim_hash) == (None, None)
    assert client.get(newer).status_code == 404


def test_removing_twice_is_removing_once(client: Client, keeper: Membership) -> None:
    intake = make.IntakeFactory(organization=keeper.organization)
    assert client.post(address("person-remove", keeper, intake.pk)).status_code == 302
    assert not Technician.objects.exists()
    assert client.post(address("person-remove", keeper, intake.pk)).status_code == 302


def test_nobody_removes_whom_others_registered(client: Client, keeper: Membership) -> None:
    foreign = make.IntakeFactory()
    client.post(address("person-remove", keeper, foreign.pk))
    assert Intake.objects.get() == foreign
    assert Technician.objects.count() == 1


def test_the_api_does_what_the_pages_do(client: Client, keeper: Membership) -> None:
    zone = make.ZoneFactory()
    body: dict[str, Any] = {
        "given_names": "Rosa",
        "external_id": "E-1",
        "email": "rosa@example.test",
        "zone": zone.code,
    }
    made = client.post(address("api-person-list", keeper), body, content_type="application/json")
    assert made.status_code == 201
    assert "link" not in made.json()
    again = client.post(address("api-person-list", keeper), body, content_type="application/json")
    assert again.json()["id"] == made.json()["id"]
    pk = made.json()["id"]
    (row,) = client.get(address("api-person-list", keeper)).json()["results"]
    assert (row["given_names"], row["zone"], row["has_link"]) == ("Rosa", zone.code, False)
    link = client.post(address("api-person-link", keeper, pk))
    assert "no-store" in link.headers["Cache-Control"]
    assert client.get(link.json()["link"]).status_code == 200
    assert client.post(address("api-person-letter", keeper, pk)).status_code == 202
    assert client.delete(address("api-person-link", keeper, pk)).status_code == 204
    assert client.get(link.json()["link"]).status_code == 404
    assert client.delete(address("api-person-detail", keeper, pk)).status_code == 204
    assert not Technician.objects.exists()
    bad = client.post(address("api-person-list", keeper), {"given_names": " "}, content_type="application/json")
    assert bad.status_code == 400
