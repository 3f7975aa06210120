"""Signing up, in both languages, for each kind of person."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from tests import factories as make
from workforce.accounts.models import Membership, Organization, User
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db
SEEKER = {
    "kind": "seeker",
    "given_names": "María José",
    "paternal": "Ñáñez",
    "maternal": "",
    "email": "Maria@Example.test",
    "password1": "una frase corta 1",
}
HIRES = {
    "kind": "employer",
    "organization_name": "Arneses <Norte>",
    "email": "rh@example.test",
    "password1": "una frase corta 1",
}


def sign_up(client: Client, data: dict[str, Any], language: str = "es") -> Any:
    return client.post(reverse("account_signup"), data, headers={"accept-language": language})


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_job_seeker_gets_a_profile_in_the_language_they_read(client: Client, language: str) -> None:
    response = sign_up(client, SEEKER, language)
    assert response.status_code == 302
    assert response.url == reverse("after-login")
    user = User.objects.get(email="maria@example.test")
    assert user.language == language
    person = Technician.objects.get(user=user)
    assert person.full_name == "María José Ñáñez"
    assert person.original_language == language
    assert client.get(response.url).url == reverse("profile")


@pytest.mark.parametrize(("kind", "field"), [("employer", "is_employer"), ("institute", "is_institute")])
def test_an_organization_gets_its_owner_and_waits(client: Client, kind: str, field: str) -> None:
    assert sign_up(client, HIRES | {"kind": kind}).status_code == 302
    organization = Organization.objects.get()
    assert getattr(organization, field)
    assert not organization.is_verified
    assert Membership.objects.get().user.email == "rh@example.test"
    assert not Technician.objects.exists()
    page = client.get(client.get(reverse("after-login")).url)
    assert "Estamos verificando tu organización" in page.content.decode()
    assert "Arneses &lt;Norte&gt;" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_names": ""}, "given_names"),
        ({"paternal": " "}, "paternal"),
        ({"kind": "owner"}, "kind"),
        ({"kind": "employer", "organization_name": ""}, "organization_name"),
        ({"email": "no"}, "email"),
        ({"password1": "1234567890"}, "password1"),
        ({"given_names": "x" * 81}, "given_names"),
        ({"given_names": "a\x00b"}, "given_names"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, change: dict[str, str], field: str) -> None:
    response = sign_up(client, SEEKER | change)
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert not User.objects.exists()


@pytest.mark.parametrize("kind", ["seeker", "employer", "institute"])
def test_the_address_preselects_the_kind(client: Client, kind: str) -> None:
    form = client.get(reverse("account_signup"), {"kind": kind}).context["form"]
    assert form["kind"].value() == kind


def test_a_kind_that_is_none_preselects_the_usual(client: Client) -> None:
    assert client.get(reverse("account_signup"), {"kind": "<b>"}).context["form"]["kind"].value() == "seeker"


def test_a_double_click_makes_one_account_and_logs_in(client: Client) -> None:
    assert sign_up(client, SEEKER).status_code == 302
    second = Client()  # the browser has not seen the first answer's cookie yet
    assert sign_up(second, SEEKER).status_code == 302
    assert User.objects.count() == Technician.objects.count() == 1
    assert second.get(reverse("profile")).status_code == 200


def test_two_clicks_at_the_same_moment_make_one_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look finds the address free, the write finds it taken."""
    first = sign_up(Client(), SEEKER)
    assert first.status_code == 302
    monkeypatch.setattr(
        "allauth.account.forms.BaseSignupForm.validate_unique_email", lambda self, value: value, raising=True
    )
    assert sign_up(client, SEEKER).status_code == 302
    assert User.objects.count() == 1
    assert client.get(reverse("profile")).status_code == 200


def test_a_race_for_an_address_with_another_password_leads_to_the_log_in(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.UserFactory(email="maria@example.test")
    monkeypatch.setattr("allauth.account.forms.BaseSignupForm.validate_unique_email", lambda self, value: value)
    response = sign_up(client, SEEKER)
    assert response.url == reverse("account_login")
    assert not Technician.objects.exists()


def test_a_taken_address_says_what_to_do(client: Client) -> None:
    make.UserFactory(email="maria@example.test")
    response = sign_up(client, SEEKER | {"password1": "otra frase corta"})
    assert "Ya hay una cuenta con este correo" in response.content.decode()
    assert User.objects.count() == 1


@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
def test_with_verified_addresses_a_taken_one_looks_like_a_free_one(client: Client) -> None:
    make.UserFactory(email="tomado@example.test")
    taken = sign_up(client, SEEKER | {"email": "tomado@example.test"})
    free = sign_up(Client(), SEEKER)
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert {message.to[0] for message in mail.outbox} == {"tomado@example.test", "maria@example.test"}
    assert Technician.objects.count() == 1


def test_a_profile_that_cannot_be_made_leaves_no_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("workforce.technicians.receivers.services.create_technician", fail)
    with pytest.raises(RuntimeError):
        sign_up(client, SEEKER)
    assert not User.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("es", "Usamos lo que nos dices"), ("en", "We use what you tell us")])
def test_the_privacy_notice_stands_where_data_is_asked(client: Client, language: str, words: str) -> None:
    with translation.override(language):
        page = client.get(reverse("account_signup"), headers={"accept-language": language})
    assert words in page.content.decode()
