"""The second step of a log-in, against somebody who knows the password."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, UserFactory
from tests.workforce.accounts.codes import SECRET, app_of, code, logged_in, password_step, with_app
from workforce.accounts import second_factor
from workforce.accounts.mfa_adapter import MFAAdapter

pytestmark = pytest.mark.django_db
STEP = "/accounts/2fa/authenticate/"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_opens_nothing() -> None:
    user = UserFactory()
    with_app(user)
    client = Client()
    assert password_step(client, user) == STEP
    assert not is_in(client)
    assert "/accounts/login/" in client.get("/me/profile/").headers["Location"]
    assert client.get("/api/v1/me/").status_code == 401


def test_a_code_of_the_app_opens_and_the_session_gets_a_new_key() -> None:
    user = UserFactory()
    with_app(user)
    client = Client()
    password_step(client, user)
    before = client.session.session_key
    assert "000" not in client.get(STEP).content.decode()
    assert client.post(STEP, {"code": code()}).status_code == 302
    assert is_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("forgets", [False, True], ids=["cache", "cache forgot it"])
def test_a_code_is_taken_once(forgets: bool) -> None:
    user = UserFactory()
    with_app(user)
    seen = code()
    first, second = Client(), Client()
    password_step(first, user)
    password_step(second, user)
    assert first.post(STEP, {"code": seen}).status_code == 302
    if forgets:
        cache.clear()
    assert second.post(STEP, {"code": f"{seen[:3]} {seen[3:]}"}).status_code == 200
    assert not is_in(second)
    assert second.post(STEP, {"code": code(1)}).status_code == 302


def test_a_code_of_long_ago_and_another_ones_code_are_wrong() -> None:
    user = UserFactory()
    with_app(user)
    client = Client()
    password_step(client, user)
    for wrong in (code(-3), code(3), code(0, SECRET[::-1]), "", "abcdef", "0" * 40):
        assert client.post(STEP, {"code": wrong}).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_opens_once() -> None:
    user = UserFactory()
    first_code, *_rest = with_app(user)
    client, other = Client(), Client()
    password_step(client, user)
    assert client.post(STEP, {"code": first_code}).status_code == 302
    assert is_in(client)
    password_step(other, user)
    assert other.post(STEP, {"code": first_code}).status_code == 200
    assert not is_in(other)


def test_guessing_is_stopped_also_from_many_sessions(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1000/m/ip", "login_failed": "1000/m/ip,5/300s/key"}
    user = UserFactory()
    with_app(user)
    for guess in range(5):
        client = Client()
        password_step(client, user)
        assert client.post(STEP, {"code": f"00000{guess}"}).status_code == 200
    client = Client()
    password_step(client, user)
    assert client.post(STEP, {"code": code()}).status_code == 200
    assert not is_in(client)


def test_secrets_are_stored_encrypted_and_follow_a_new_key(settings: Any) -> None:
    user = UserFactory()
    with_app(user)
    stored = app_of(user).data["secret"]
    assert SECRET not in str(stored)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key " + "y" * 50
    assert MFAAdapter().decrypt(stored) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        MFAAdapter().decrypt(stored)


def test_setting_up_asks_the_password_shows_codes_once_and_takes_its_code(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = UserFactory()
    client = Client()
    client.force_login(user)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.headers["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/2fa/totp/activate/"})
    page = client.get("/accounts/2fa/totp/activate/")
    assert "no-store" in page.headers["Cache-Control"]
    secret = page.context["form"].secret
    assert f"otpauth://totp/{user.email.replace('@', '%40')}?secret={secret}".encode() in page.content
    used = code(0, secret)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": used})
    shown = client.get("/accounts/2fa/recovery-codes/")
    codes = shown.context["unused_codes"]
    assert len(codes) == 10
    assert all(one.encode() in shown.content for one in codes)
    again = client.get("/accounts/2fa/recovery-codes/")
    assert not any(one.encode() in again.content for one in codes)
    assert client.get("/accounts/2fa/recovery-codes/download/").status_code == 403
    stranger = Client()
    password_step(stranger, user)
    stranger.post(STEP, {"code": used})
    assert not is_in(stranger), "the code of the set-up counted again"


def test_turning_it_off_and_new_codes_ask_for_a_code_not_for_the_password() -> None:
    user = UserFactory()
    old, *_rest = with_app(user)
    client = logged_in(user)
    for address in ("/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/generate/"):
        assert client.post(address).headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert client.get("/accounts/reauthenticate/").headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(user=user).count() == 2
    assert client.get("/accounts/2fa/reauthenticate/").status_code == 200
    client.post("/accounts/2fa/reauthenticate/", {"code": code(1), "next": "/accounts/2fa/"})
    client.post("/accounts/2fa/recovery-codes/generate/")
    shown = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert old not in shown
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()
    assert password_step(Client(), user) != STEP


def test_a_new_password_by_mail_does_not_go_around_it() -> None:
    user = UserFactory()
    with_app(user)
    user.set_password(PASSWORD)
    user.save()
    assert password_step(Client(), user) == STEP
    assert second_factor.app_of(user) is not None


def test_the_admin_has_no_door_of_its_own() -> None:
    user = UserFactory(is_staff=True, is_superuser=True)
    with_app(user)
    client = Client()
    client.post("/staff/admin/login/", {"username": user.email, "password": PASSWORD})
    assert not is_in(client)
    assert "/accounts/login/" in client.get("/staff/admin/login/?next=/staff/admin/").headers["Location"]
