"""What Puente adds to allauth's second factor: secrets are stored encrypted, and it confirms its own removal."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"puente second factor"


def _fernet() -> MultiFernet:
    """Keys of the site's secrets: the newest writes, all of them read."""
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts what the database keeps; a stolen copy of it opens no account without SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        """Return ``text`` as the database keeps it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what ``encrypt`` was given; raise InvalidToken where no key of ours wrote it."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """The name beside the code in somebody's app."""
        return "Puente"


class CodeConfirms:
    """For the account adapter: who has a second factor confirms delicate steps with it; a password is not enough."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to confirm that it is still the same person."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)  # type: ignore[misc]
        return [one for one in methods if one["id"] == "mfa_reauthenticate"] or methods
