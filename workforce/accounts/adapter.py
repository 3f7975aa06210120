"""Our rules for allauth."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from workforce.accounts.mfa_adapter import CodeConfirms
from workforce.accounts.models import User
from workforce.core.choices import Language


class AccountAdapter(CodeConfirms, DefaultAccountAdapter):
    """E-mail and password; the rest is allauth's."""

    def new_user(self, request: HttpRequest) -> User:
        """Make a user (not saved) who goes on in the language that they are reading."""
        language = (get_language() or "")[:2]
        return User(language=language if language in Language.values else Language.SPANISH)
