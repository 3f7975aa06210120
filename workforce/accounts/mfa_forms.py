"""Forms for codes, in the words of Puente. No code counts twice, also where the cache forgot it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as TheirAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as TheirReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as TheirActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts import second_factor

ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


def _code_field(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Code"), max_length=20, help_text=help_text, widget=forms.TextInput(attrs=dict(ATTRIBUTES))
    )


class Once:
    """Refuses a code of an app that was taken already."""

    def clean_code(self) -> str:
        """Check the code, and take it."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not second_factor.take_code(authenticator_id=self.authenticator.pk, code=code):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


EITHER = _("The 6 digits that your app shows now, or one of your recovery codes.")


class AuthenticateForm(Once, TheirAuthenticateForm):
    """The second step of a log-in."""

    code = _code_field(EITHER)


class ReauthenticateForm(Once, TheirReauthenticateForm):
    """The code before a delicate step."""

    code = _code_field(EITHER)


class ActivateTOTPForm(TheirActivateTOTPForm):
    """The first code of an app."""

    code = _code_field(_("The 6 digits that your app shows now."))
