"""Signing up through an invitation: no question what one is, and straight into the organization."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.accounts import invitations
from workforce.accounts.choices import Position
from workforce.accounts.models import Membership, User
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db
WHO = {"email": "nueva@example.test", "password1": "una frase corta 1"}


def invited(**kwargs: Any) -> tuple[Membership, str]:
    """An owner, and the path of a link that they made."""
    owner = make.MembershipFactory()
    _made, token = invitations.invite(
        actor=owner.user, organization_id=owner.organization_id, position=Position.RECRUITER, **kwargs
    )
    return owner, reverse("invitation-accept", args=[token])


def test_the_form_asks_for_address_and_password_only(client: Client) -> None:
    _owner, link = invited()
    stranger = client.get(link).content.decode()
    assert f"{reverse('account_signup')}?next={link}" in stranger
    page = client.get(reverse("account_signup"), {"next": link})
    assert set(page.context["form"].fields) == {"email", "password1"}
    assert 'name="kind"' not in page.content.decode()


def test_who_signs_up_is_a_member_and_lands_in_the_organization(client: Client) -> None:
    owner, link = invited()
    done = client.post(reverse("account_signup"), WHO | {"next": link}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("organization-home", args=[owner.organization.slug])
    member = Membership.objects.get(user__email="nueva@example.test")
    assert (member.organization, member.position) == (owner.organization, Position.RECRUITER)
    assert not Technician.objects.exists()


def test_two_clicks_make_one_member(client: Client) -> None:
    _owner, link = invited()
    for _click in range(2):
        Client().post(reverse("account_signup"), WHO | {"next": link})
    assert User.objects.filter(email="nueva@example.test").count() == 1
    assert Membership.objects.filter(user__email="nueva@example.test").count() == 1


def test_a_link_that_is_no_good_makes_an_account_and_says_why(client: Client) -> None:
    owner, link = invited(email="otra@example.test")
    done = client.post(reverse("account_signup"), WHO | {"next": link}, follow=True)
    assert done.status_code == 403
    assert "otra dirección de correo" in done.content.decode()
    assert owner.organization.name not in done.content.decode()
    assert not Membership.objects.filter(user__email="nueva@example.test").exists()
    assert client.get(reverse("after-login"), follow=True).status_code == 200


@pytest.mark.parametrize(
    "address", ["https://evil.test/invitations/x/", "/invitations/", "//invitations/x/", "/roles/"]
)
def test_other_addresses_are_asked_what_they_are(client: Client, address: str) -> None:
    page = client.get(reverse("account_signup"), {"next": address})
    assert "kind" in page.context["form"].fields
