"""A mark in a browser that has logged in by a number: its codes are counted apart from those that strangers ask for.

Otherwise anybody could lock a person out day after day, by asking for as many codes as a number may get. The mark opens
nothing: code and PIN are asked for as ever.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "puente_browser"
SALT = "puente.known-browser"
LIFE = timedelta(days=180)


def mark(request: HttpRequest, response: HttpResponse, e164: str) -> None:
    """Mark the browser as one of this number's. The number itself does not stand in it."""
    name = browser_of(request, e164) or secrets.token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        signing.dumps([name, _fingerprint(e164)], salt=SALT),
        max_age=LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser_of(request: HttpRequest, e164: str) -> str:
    """Return the name of this browser if it has logged in by this number before, else an empty text."""
    try:
        name, fingerprint = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except (signing.BadSignature, TypeError, ValueError):
        return ""
    return str(name) if constant_time_compare(str(fingerprint), _fingerprint(e164)) else ""


def _fingerprint(e164: str) -> str:
    return salted_hmac(SALT, e164, algorithm="sha256").hexdigest()[:32]
