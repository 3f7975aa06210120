"""The account and its organizations, by API."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import MembershipFactory, OrganizationFactory, TechnicianFactory, UserFactory
from workforce.accounts.choices import Position
from workforce.accounts.models import Membership, Organization, User

pytestmark = pytest.mark.django_db
LIST = "/api/v1/organizations/"


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_me_says_who_i_am_and_where_i_belong() -> None:
    user = TechnicianFactory().user
    assert user is not None
    MembershipFactory(user=user, organization__name="Zeta", organization__slug="zeta", position=Position.VIEWER)
    MembershipFactory(user=user, organization=OrganizationFactory(institute=True, name="Alfa", slug="alfa"))
    body = logged_in(user).get("/api/v1/me/").json()
    assert body["email"] == user.email
    assert body["kinds"] == ["technician", "employer", "institute"]
    assert [(row["slug"], row["position"]) for row in body["memberships"]] == [("alfa", "owner"), ("zeta", "viewer")]


def test_me_costs_the_same_however_many_organizations_there_are(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    for _ in range(12):
        MembershipFactory(user=user)
    client = logged_in(user)
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/v1/me/").json()["memberships"]) == 12


def test_only_the_language_of_an_account_is_changed() -> None:
    user = UserFactory(language="es")
    answer = logged_in(user).patch(
        "/api/v1/me/", {"language": "en", "email": "otra@example.test", "kinds": ["staff"]}, "application/json"
    )
    assert answer.status_code == 200
    assert answer.json()["language"] == "en"
    user.refresh_from_db()
    assert (user.language, user.email.endswith("otra@example.test")) == ("en", False)


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    answer = logged_in(UserFactory()).patch("/api/v1/me/", {"language": "fr"}, "application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "language"


def test_who_registers_an_organization_owns_it_and_it_waits() -> None:
    user = UserFactory()
    answer = logged_in(user).post(LIST, {"name": "Arneses Ñandú", "is_employer": True}, "application/json")
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    body = answer.json()
    assert (body["slug"], body["verification"], body["position"]) == ("arneses-nandu", "pending", "owner")
    assert Membership.objects.get(user=user).organization.slug == "arneses-nandu"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "Sin oficio"}, "capability"),
        ({"name": " ", "is_employer": True}, "blank"),
        ({"is_employer": True}, "required"),
        ({"name": "x" * 161, "is_employer": True}, "max_length"),
        ({"name": "Nada\u0000", "is_employer": True}, None),
        ([], "invalid"),
    ],
)
def test_an_organization_that_says_too_little_is_refused(body: object, code: str | None) -> None:
    answer = logged_in(UserFactory()).post(LIST, body, "application/json")
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ([code] if code else [])
    assert not Organization.objects.exists()


def test_members_see_only_their_own_organizations() -> None:
    mine = MembershipFactory(position=Position.VIEWER)
    MembershipFactory()
    client = logged_in(mine.user)
    assert [row["slug"] for row in client.get(LIST).json()["results"]] == [mine.organization.slug]


def test_an_owner_edits_the_description_in_either_language_with_the_etag() -> None:
    owner = MembershipFactory()
    address = f"{LIST}{owner.organization.slug}/"
    client = logged_in(owner.user)
    tag = client.get(address).headers["ETag"]
    answer = client.patch(
        address, {"description_en": "Wiring", "name": "Otra"}, "application/json", headers={"If-Match": tag}
    )
    assert answer.status_code == 200, answer.content
    assert answer.headers["ETag"] == '"2"'
    assert answer.json()["description"] == "Wiring"
    assert answer.json()["position"] == "owner"
    owner.organization.refresh_from_db()
    assert (owner.organization.description_en, owner.organization.description_es or "") == ("Wiring", "")
    assert owner.organization.name != "Otra"


def test_of_two_owners_who_edit_at_once_the_second_is_told() -> None:
    owner = MembershipFactory()
    address = f"{LIST}{owner.organization.slug}/"
    client = logged_in(owner.user)
    first = client.patch(address, {"description_es": "Uno"}, "application/json", headers={"If-Match": '"1"'})
    second = client.patch(address, {"description_es": "Dos"}, "application/json", headers={"If-Match": '"1"'})
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["current_revision"] == 2
    owner.organization.refresh_from_db()
    assert owner.organization.description_es == "Uno"
