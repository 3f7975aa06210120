"""Cursor pages, entity tags, and texts in two languages."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation
from rest_framework import serializers
from rest_framework.test import APIRequestFactory

from tests.factories import MembershipFactory, OrganizationFactory, ZoneFactory
from workforce.accounts.models import Organization
from workforce.core.api.etags import expected_revision, is_unchanged
from workforce.core.api.fields import BilingualMixin, ReaderText
from workforce.core.api.problems import ApiProblem
from workforce.core.errors import StaleRevision
from workforce.core.revisions import lock_revision

pytestmark = pytest.mark.django_db
ZONES = "/api/v1/zones/"


def codes(body: dict[str, Any]) -> list[str]:
    return [row["code"] for row in body["results"]]


# --- pages ----------------------------------------------------------------------------------------------------------


def test_pages_neither_skip_nor_repeat_while_others_write(client: Client) -> None:
    for number in range(5):
        ZoneFactory(code=f"z{number * 2}")
    first = client.get(f"{ZONES}?page_size=2").json()
    ZoneFactory(code="a-before")
    ZoneFactory(code="z3")
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [codes(first), codes(second), codes(third)] == [["z0", "z2"], ["z3", "z4"], ["z6", "z8"]]
    assert third["next"] is None
    assert codes(client.get(third["previous"]).json()) == ["z3", "z4"]


def test_a_page_has_at_most_a_hundred_rows(client: Client) -> None:
    for _ in range(103):
        ZoneFactory()
    assert len(client.get(ZONES).json()["results"]) == 25
    assert len(client.get(f"{ZONES}?page_size=5000").json()["results"]) == 100


@pytest.mark.parametrize("size", ["0", "-1", "x", "", "1.5", "٣", "9" * 30])
def test_a_page_size_that_is_no_number_is_refused(client: Client, size: str) -> None:
    answer = client.get(f"{ZONES}?{urlencode({'page_size': size})}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "page_size"


@pytest.mark.parametrize("inside", ["p=x&o=9999999", "p=%00", "o=-1", "r=1&p=zz&o=x", "\xff", ""])
def test_a_cursor_that_is_not_ours_is_refused_and_never_a_crash(client: Client, inside: str) -> None:
    ZoneFactory()
    cursor = base64.b64encode(inside.encode("latin-1")).decode()
    answer = client.get(f"{ZONES}?{urlencode({'cursor': cursor})}")
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert answer.json()["code"] in {"invalid_cursor", "malformed_request"}


@pytest.mark.parametrize("cursor", ["ñ", "a"])
def test_a_cursor_that_is_no_base64_is_refused(client: Client, cursor: str) -> None:
    answer = client.get(f"{ZONES}?{urlencode({'cursor': cursor})}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def test_a_position_that_is_no_value_of_the_column_is_an_invalid_cursor() -> None:
    owner = MembershipFactory()
    client = Client()
    client.force_login(owner.user)
    cursor = base64.b64encode(b"p=not-a-number").decode()
    answer = client.get(f"/api/v1/organizations/?{urlencode({'cursor': cursor})}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


# --- versions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def owned() -> tuple[Client, str, Organization]:
    membership = MembershipFactory()
    client = Client()
    client.force_login(membership.user)
    return client, f"/api/v1/organizations/{membership.organization.slug}/", membership.organization


def test_reading_gives_the_version_and_304_to_who_has_it(owned: tuple[Client, str, Organization]) -> None:
    client, address, _ = owned
    answer = client.get(address)
    assert answer.headers["ETag"] == '"1"'
    for known in ('"1"', 'W/"1"', '"7", "1"', "*"):
        same = client.get(address, headers={"If-None-Match": known})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", '"1"'), known
    assert client.get(address, headers={"If-None-Match": '"2"'}).status_code == 200


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 428),
        ("", 428),
        ('"1"', 200),
        ("*", 200),
        ('"5", "1"', 200),
        ('"2"', 412),
        ("nonsense", 412),
        ('"' + "9" * 40 + '"', 412),
    ],
)
def test_an_edit_needs_the_version_that_it_was_made_on(
    owned: tuple[Client, str, Organization], header: str | None, status: int
) -> None:
    client, address, organization = owned
    headers = {} if header is None else {"If-Match": header}
    answer = client.patch(address, {"description_es": "Nueva"}, "application/json", headers=headers)
    assert answer.status_code == status, answer.content
    organization.refresh_from_db()
    assert (organization.revision, organization.description_es == "Nueva") == (
        (2, True) if status == 200 else (1, False)
    )


def test_a_refused_edit_does_not_count_up(owned: tuple[Client, str, Organization]) -> None:
    client, address, organization = owned
    answer = client.patch(address, {"description_es": "x" * 5000}, "application/json", headers={"If-Match": '"1"'})
    assert answer.status_code == 400
    organization.refresh_from_db()
    assert organization.revision == 1


def test_a_stranger_learns_nothing_from_the_version() -> None:
    organization = OrganizationFactory()
    client = Client()
    client.force_login(MembershipFactory().user)
    address = f"/api/v1/organizations/{organization.slug}/"
    assert client.patch(address, {}, "application/json").status_code == 404
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404


def test_lock_revision_compares_and_counts_up() -> None:
    organization = OrganizationFactory()
    row = lock_revision(Organization.objects.all(), 1, pk=organization.pk)
    assert row.revision == 2
    row.save()
    with pytest.raises(StaleRevision) as caught:
        lock_revision(Organization.objects.all(), 1, pk=organization.pk)
    assert caught.value.current == 2
    assert lock_revision(Organization.objects.all(), None, pk=organization.pk).revision == 3
    with pytest.raises(Organization.DoesNotExist):
        lock_revision(Organization.objects.all(), None, pk=0)


def test_headers_are_read_without_a_row() -> None:
    def request(**headers: str) -> Any:
        from rest_framework.request import Request

        return Request(APIRequestFactory().get("/", headers=headers))

    assert expected_revision(request(**{"If-Match": 'W/"12"'})) == 12
    assert expected_revision(request(**{"If-Match": "*"})) is None
    with pytest.raises(ApiProblem):
        expected_revision(request())
    with pytest.raises(ApiProblem):
        expected_revision(request(**{"If-Match": '"x"'}))
    assert not is_unchanged(request(), '"1"')


# --- languages ------------------------------------------------------------------------------------------------------


class DescribedSerializer(BilingualMixin, serializers.ModelSerializer[Organization]):
    needs_a_language = ("description",)
    description = ReaderText()

    class Meta:
        model = Organization
        fields = ("description", "description_es", "description_en")


@pytest.mark.parametrize(
    ("es", "en", "reader", "said"),
    [
        ("Hola", "Hello", "es", "Hola"),
        ("Hola", "Hello", "en", "Hello"),
        ("Hola", None, "en", "Hola"),
        ("", "Hello", "es", "Hello"),
        (None, "", "es", ""),
    ],
)
def test_the_reader_gets_their_language_else_the_other(es: str | None, en: str | None, reader: str, said: str) -> None:
    row = OrganizationFactory(description_es=es, description_en=en)
    with translation.override(reader):
        assert DescribedSerializer(row).data["description"] == said


def test_one_language_is_enough_and_none_is_refused() -> None:
    assert DescribedSerializer(data={"description_en": "Hello"}).is_valid()
    empty = DescribedSerializer(data={"description_es": "  ", "description": "Hola"})
    assert not empty.is_valid()
    assert empty.errors["description_es"][0].code == "language_required"


def test_an_edit_cannot_take_away_the_last_language() -> None:
    row = OrganizationFactory(description_es="Hola", description_en="")
    assert not DescribedSerializer(row, data={"description_es": ""}, partial=True).is_valid()
    assert DescribedSerializer(row, data={"description_es": "", "description_en": "Hello"}, partial=True).is_valid()
    assert DescribedSerializer(row, data={}, partial=True).is_valid()
