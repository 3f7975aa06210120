"""An organization's own page, and registering one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.accounts.choices import Verification
from workforce.accounts.models import Organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verification", "words"),
    [
        (Verification.PENDING, "Estamos verificando tu organización"),
        (Verification.REFUSED, "No pudimos verificar tu organización"),
        (Verification.VERIFIED, "Verificada"),
    ],
)
def test_members_see_whether_staff_have_checked_them(client: Client, verification: str, words: str) -> None:
    member = make.MembershipFactory(organization__verification=verification)
    client.force_login(member.user)
    page = client.get(reverse("organization-home", args=[member.organization.slug]))
    assert words in page.content.decode()


@pytest.mark.parametrize("institute", [True, False])
def test_the_page_offers_what_the_organization_does(client: Client, institute: bool) -> None:
    member = make.MembershipFactory(organization=make.OrganizationFactory(institute=institute))
    client.force_login(member.user)
    page = client.get(reverse("organization-home", args=[member.organization.slug]))
    names = {tile.url_name for tile in page.context["tiles"]}
    assert ("org-roles" in names) is not institute
    assert ("programmes" in names) is institute


def test_somebody_with_an_account_registers_an_organization(client: Client) -> None:
    user = make.UserFactory()
    client.force_login(user)
    data = {"name": "Centro <i>Sur</i>", "is_institute": "on", "is_employer": "on"}
    response = client.post(reverse("organization-create"), data)
    organization = Organization.objects.get()
    assert response.url == reverse("organization-home", args=[organization.slug])
    assert organization.is_institute
    assert organization.is_employer
    assert "<i>Sur" not in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    "data", [{"name": "Sin nada"}, {"name": "", "is_employer": "on"}, {"name": "a\x00", "is_employer": "on"}]
)
def test_an_organization_needs_a_name_and_something_that_it_does(client: Client, data: dict[str, str]) -> None:
    client.force_login(make.UserFactory())
    response = client.post(reverse("organization-create"), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Organization.objects.exists()


def test_the_page_of_an_organization_costs_few_queries(client: Client, query_budget) -> None:
    member = make.MembershipFactory()
    client.force_login(member.user)
    query_budget(client, "organization-home", reverse("organization-home", args=[member.organization.slug]))
