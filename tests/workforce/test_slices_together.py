"""What one slice must know of another: a second factor and the notice, a tablet and a closed account, and so on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    PASSWORD,
    MembershipFactory,
    OrganizationFactory,
    PhoneFactory,
    TechnicianFactory,
    UserFactory,
)
from tests.workforce.accounts.codes import logged_in, with_app
from workforce.accounts.choices import Position
from workforce.accounts.models import Membership, User
from workforce.accounts.notices import load_notices
from workforce.accounts.pins import hash_pin
from workforce.privacy.services import request_erasure

pytestmark = pytest.mark.django_db


def way_of(client: Client, address: str) -> list[str]:
    """The addresses to which the client is led, until there is a page; fails on going round in a circle."""
    seen: list[str] = []
    while (answer := client.get(address)).status_code in (301, 302):
        address = answer.headers["Location"]
        seen.append(address.split("?")[0])
        assert seen.count(seen[-1]) == 1, f"round and round: {seen}"
    assert answer.status_code == 200, address
    return seen


def entered(user: User) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


class TestSecondFactorFirst:
    """Notice, deletion and confirming lead elsewhere too: nobody may be sent to and fro between them."""

    @pytest.fixture
    def member(self) -> Membership:
        strict = OrganizationFactory(requires_mfa=True)
        found: Membership = MembershipFactory(organization=strict, position=Position.RECRUITER)
        return found

    def test_somebody_who_has_not_seen_the_notice(self, member: Membership) -> None:
        load_notices()
        client = entered(member.user)
        assert way_of(client, "/after-login/")[0] == reverse("mfa_activate_totp")
        with_app(member.user)
        assert way_of(client, "/after-login/") == [reverse("mfa_reauthenticate")]

    def test_staff_of_an_installation_that_requires_it(self, settings: Any) -> None:
        settings.MFA_REQUIRED_FOR_STAFF = True
        load_notices()
        staff = UserFactory(is_staff=True)
        assert way_of(entered(staff), "/staff/admin/")[0] == reverse("mfa_activate_totp")

    def test_somebody_whose_account_is_to_be_deleted(self, member: Membership) -> None:
        request_erasure(user=member.user, password=PASSWORD)
        client = entered(member.user)
        assert way_of(client, "/after-login/")[0] == reverse("mfa_activate_totp")
        assert client.get("/api/v1/me/").json()["code"] == "second_factor_required"

    def test_the_notice_is_asked_for_afterwards(self, member: Membership) -> None:
        load_notices()
        with_app(member.user)
        client = logged_in(member.user)
        assert way_of(client, "/after-login/") == [reverse("privacy-start")]

    def test_a_person_with_a_phone_reaches_the_page_that_confirms_an_address(self, member: Membership) -> None:
        member.user.phone, member.user.pin = PhoneFactory(verified_at=timezone.now()), hash_pin("4821")
        member.user.save()
        assert way_of(entered(member.user), reverse("account_email")) == [reverse("account-confirm")]


class TestClosedAccountOnATablet:
    """Somebody who comes back to keep their account, on a tablet that the next person takes up."""

    def test_i_am_done_logs_out(self) -> None:
        member, person = MembershipFactory(), TechnicianFactory()
        tablet = Client()
        tablet.force_login(member.user)
        tablet.post(reverse("kiosk-start"), {"organization": member.organization.slug})
        request_erasure(user=person.user, password=PASSWORD)
        tablet.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
        assert way_of(tablet, "/after-login/") == [reverse("erasure-waiting")]
        assert tablet.post(reverse("kiosk-stay")).status_code == 204
        assert tablet.post(reverse("kiosk-done")).headers["Location"] == reverse("kiosk")
        assert "_auth_user_id" not in tablet.session
