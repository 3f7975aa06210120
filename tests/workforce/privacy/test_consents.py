"""Consents: each purpose by itself, each by the version of the notice, given, taken back, and asked for again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from workforce.accounts.models import Notice
from workforce.accounts.notices import BadNotice, current_notice, load_notices
from workforce.privacy import gate
from workforce.technicians.choices import ConsentSource, Purpose
from workforce.technicians.models import Consent, Technician
from workforce.technicians.services import purposes_of, save_consents, save_profile

pytestmark = pytest.mark.django_db
PROFILE = reverse("profile")


def publish(version: int, **kwargs: Any) -> Notice:
    values = {"text_es": f"Aviso {version}", "text_en": f"Notice {version}", "published_at": timezone.now()}
    return Notice.objects.create(version=version, **values | kwargs)


def said(user: Any) -> set[tuple[str, int, bool]]:
    """Purpose, version, and whether it is in force."""
    rows = Consent.objects.filter(user=user).select_related("notice")
    return {(row.purpose, row.notice.version, row.withdrawn_at is None) for row in rows}


@pytest.fixture
def notice() -> Notice:
    return publish(1)


@pytest.fixture
def client(technician: Technician, notice: Notice) -> Client:
    """Logged in, and asked for nothing yet."""
    client = Client()
    client.force_login(technician.user)
    return client


class TestBeforeTheFirstPage:
    def test_the_notice_comes_first_and_leads_on_to_where_one_was_going(self, client: Client) -> None:
        response = client.get(PROFILE + "?a=1")
        assert response.status_code == 302
        address = response.headers["Location"]
        assert address.startswith(reverse("privacy-start"))
        page = client.get(address)
        assert "Aviso 1" in page.content.decode()
        assert page.context["next"] == PROFILE + "?a=1"
        on = client.post(reverse("privacy-start"), {"next": page.context["next"]})
        assert on.headers["Location"] == PROFILE + "?a=1"
        assert client.get(PROFILE).status_code == 200

    def test_nothing_is_agreed_to_that_was_not_ticked(self, client: Client, technician: Technician) -> None:
        page = client.get(reverse("privacy-start")).content.decode()
        assert "checked" not in page
        client.post(reverse("privacy-start"), {})
        assert said(technician.user) == {(Purpose.SERVICE, 1, True)}
        technician.refresh_from_db()
        assert not technician.discoverable, "nobody is found who did not say so"

    def test_each_purpose_is_apart(self, client: Client, technician: Technician) -> None:
        client.post(reverse("privacy-start"), {"statistics": "on"})
        assert purposes_of(technician.user) == {Purpose.SERVICE, Purpose.STATISTICS}
        assert said(technician.user) == {(Purpose.SERVICE, 1, True), (Purpose.STATISTICS, 1, True)}

    def test_an_address_elsewhere_is_not_gone_to(self, client: Client) -> None:
        on = client.post(reverse("privacy-start"), {"next": "https://evil.example/"})
        assert on.headers["Location"] == reverse("after-login")

    def test_what_was_being_sent_is_not_lost(self, client: Client) -> None:
        assert client.post(reverse("set-language"), {"language": "en"}).headers["Location"] != reverse("privacy-start")
        response = client.post(PROFILE, {})
        assert not response.headers.get("Location", "").startswith(reverse("privacy-start"))

    @pytest.mark.parametrize("open_page", ["my-data", "my-data-file", "erasure", "privacy-notice"])
    def test_who_does_not_agree_can_take_their_data_and_go(self, client: Client, open_page: str) -> None:
        assert client.get(reverse(open_page)).status_code == 200

    def test_members_are_told_too_and_asked_for_nothing(self, notice: Notice) -> None:
        member = make.MembershipFactory()
        client = Client()
        client.force_login(member.user)
        address = client.get(reverse("organization-home", kwargs={"slug": member.organization.slug})).headers[
            "Location"
        ]
        page = client.get(address).content.decode()
        assert "Aviso 1" in page
        assert 'name="discovery"' not in page
        client.post(reverse("privacy-start"), {"discovery": "on"})
        assert said(member.user) == {(Purpose.SERVICE, 1, True)}


class TestANewVersion:
    def test_it_must_be_seen_and_keeps_what_was_chosen(self, client: Client, technician: Technician) -> None:
        client.post(reverse("privacy-start"), {"outcomes": "on"})
        assert client.get(PROFILE).status_code == 200
        publish(2)
        again = Client()
        again.force_login(technician.user)
        address = again.get(PROFILE).headers["Location"]
        page = again.get(address)
        assert "Aviso 2" in page.content.decode()
        assert page.context["is_new_version"]
        assert [box.name for box in page.context["form"] if box.value()] == ["outcomes"]
        again.post(reverse("privacy-start"), {"statistics": "on"})
        assert again.get(PROFILE).status_code == 200
        assert said(technician.user) == {
            (Purpose.SERVICE, 1, True),
            (Purpose.SERVICE, 2, True),
            (Purpose.OUTCOMES, 1, False),
            (Purpose.STATISTICS, 2, True),
        }

    def test_an_open_session_learns_of_it_within_the_stated_time(self, client: Client, settings: Any) -> None:
        client.post(reverse("privacy-start"), {})
        publish(2)
        assert client.get(PROFILE).status_code == 200
        session = client.session
        session[gate.LOOKED] -= settings.PRIVACY_NOTICE_LOOK.total_seconds() + 1
        session.save()
        assert client.get(PROFILE).status_code == 302

    def test_one_that_is_not_in_force_yet_is_shown_to_nobody(self, client: Client) -> None:
        publish(2, published_at=timezone.now() + timedelta(days=3))
        assert current_notice().version == 1  # type: ignore[union-attr]
        client.post(reverse("privacy-start"), {})
        assert client.get(PROFILE).status_code == 200

    def test_what_was_published_does_not_change(self, tmp_path: Any) -> None:
        for language in ("es", "en"):
            (tmp_path / f"privacy-1.{language}.txt").write_text(f"one {language}")
        assert (load_notices(tmp_path), load_notices(tmp_path)) == (1, 0)
        (tmp_path / "privacy-1.es.txt").write_text("another")
        with pytest.raises(BadNotice, match="write version 2"):
            load_notices(tmp_path)
        (tmp_path / "privacy-1.es.txt").write_text("one es")
        (tmp_path / "privacy-2.es.txt").write_text("two es")
        with pytest.raises(BadNotice, match="no text in en"):
            load_notices(tmp_path)
        assert Notice.objects.get().text_es == "one es"

    def test_ours_load(self) -> None:
        assert load_notices() >= 1
        found = current_notice()
        assert found is not None
        for language in ("es", "en"):
            assert "## " in found.text_in(language)


class TestTakingBack:
    def test_it_counts_at_once(self, client: Client, technician: Technician, notice: Notice) -> None:
        save_consents(
            user=technician.user,
            notice=notice,
            choices={"service": True, "discovery": True, "outcomes": True},
            source=ConsentSource.START,
        )
        school = make.OrganizationFactory(institute=True)
        outcomes = make.GrantFactory(technician=technician, organization=school, scope="outcomes", source="enrolment:1")
        contact = make.GrantFactory(technician=technician, source="application:1")
        client.post(reverse("my-consents"), {"statistics": "on"}, follow=True)
        technician.refresh_from_db()
        outcomes.refresh_from_db()
        contact.refresh_from_db()
        assert not technician.discoverable
        assert outcomes.revoked_at is not None
        assert contact.revoked_at is None, "an employer's is another purpose"
        assert purposes_of(technician.user) == {Purpose.SERVICE, Purpose.STATISTICS}

    def test_twice_is_once(self, technician: Technician, notice: Notice) -> None:
        for _again in range(2):
            save_consents(user=technician.user, notice=notice, choices={"outcomes": True}, source=ConsentSource.PRIVACY)
        assert Consent.objects.filter(user=technician.user, purpose="outcomes").count() == 1

    def test_what_was_taken_back_and_given_again_is_two_consents(self, technician: Technician, notice: Notice) -> None:
        for given in (True, False, True):
            save_consents(
                user=technician.user, notice=notice, choices={"outcomes": given}, source=ConsentSource.PRIVACY
            )
        assert [row.withdrawn_at is None for row in Consent.objects.order_by("pk")] == [False, True]

    def test_the_box_in_the_profile_is_the_same_consent(self, technician: Technician, notice: Notice) -> None:
        for chosen in (False, True):
            save_profile(technician_id=technician.pk, revision=None, values={"discoverable": chosen})
        consent = Consent.objects.get(user=technician.user, purpose=Purpose.DISCOVERY)
        assert (consent.source, consent.withdrawn_at, consent.notice) == (ConsentSource.PROFILE, None, notice)

    def test_by_api_what_is_not_sent_stays(self, client: Client, technician: Technician, notice: Notice) -> None:
        save_consents(
            user=technician.user,
            notice=notice,
            choices={"outcomes": True, "discovery": True},
            source=ConsentSource.PRIVACY,
        )
        address = reverse("api-my-consents")
        sent = client.patch(address, {"outcomes": False}, content_type="application/json")
        assert sent.json() == client.get(address).json() == {"discovery": True, "outcomes": False, "statistics": False}


def test_without_a_notice_nobody_is_stopped(technician: Technician) -> None:
    client = Client()
    client.force_login(technician.user)
    assert client.get(PROFILE).status_code == 200
    assert client.get(reverse("privacy-start")).headers["Location"] == reverse("after-login")
    assert "Todavía no hay" in client.get(reverse("privacy-notice")).content.decode()
