"""Second factors for tests: an app that shows codes, as a phone does."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from tests.factories import PASSWORD
from workforce.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(step: int = 0, secret: str = SECRET) -> str:
    """The code of now, or of half a minute later (1) or earlier (-1)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(user: User) -> list[str]:
    """Give the user an app with ``SECRET``; return their recovery codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def app_of(user: User) -> Authenticator:
    """The stored app."""
    return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)


def password_step(client: Client, user: User) -> str:
    """Give the right password; return where that leads."""
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return str(response.headers.get("Location", ""))


def logged_in(user: User) -> Client:
    """A client that gave the password and a code."""
    client = Client()
    assert password_step(client, user) == "/accounts/2fa/authenticate/"
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    assert "_auth_user_id" in client.session
    return client
