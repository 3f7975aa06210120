"""Forms of the way in by phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts.numbers import normalize
from workforce.accounts.pins import validate_pin
from workforce.core.choices import Country
from workforce.core.errors import InvalidInput
from workforce.core.forms import ShowsRefusals

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class PhoneForm(ShowsRefusals):
    """A number, typed in any way. ``cleaned_data["phone"]`` is E.164."""

    phone = forms.CharField(
        label=_("Your phone"),
        max_length=40,
        help_text=_("10 digits. We send a code by text; several people may share one phone."),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    country = forms.ChoiceField(label=_("Country of the number"), choices=Country.choices, initial=Country.MX)

    def clean(self) -> dict[str, Any]:
        """Bring the number into one form."""
        data = super().clean() or {}
        if data.get("phone"):
            try:
                data["phone"] = normalize(data["phone"], country=data.get("country") or Country.MX)
            except InvalidInput as error:
                self.show(error)
        return data


class CodeForm(forms.Form):
    """The six digits that came by text."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Drop what people put between digits."""
        return "".join(character for character in self.cleaned_data["code"] if character.isdigit())


class SecretForm(ShowsRefusals):
    """The person's own PIN or password."""

    secret = forms.CharField(
        label=_("Your PIN or password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class NewPinForm(ShowsRefusals):
    """A new PIN, twice."""

    pin = forms.CharField(
        label=_("New PIN: 6 digits"),
        max_length=6,
        help_text=_("Only you should know it. Not a date, a year, or digits in a row."),
        widget=forms.PasswordInput(DIGITS | {"autocomplete": "new-password"}),
    )
    pin_again = forms.CharField(
        label=_("The same PIN again"),
        max_length=6,
        widget=forms.PasswordInput(DIGITS | {"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, e164: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.e164 = e164

    def clean(self) -> dict[str, Any]:
        """Both are the same, and no easy one."""
        data = super().clean() or {}
        pin, again = data.get("pin"), data.get("pin_again")
        if pin and again and pin != again:
            self.add_error("pin_again", _("The two PINs are not the same."))
        if pin:
            try:
                validate_pin(pin, e164=self.e164)
            except InvalidInput as error:
                self.show(error)
        return data


class RegisterForm(NewPinForm):
    """A new person on a proved number."""

    given_names = forms.CharField(
        label=_("Given names"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    paternal = forms.CharField(
        label=_("First surname"), max_length=60, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    maternal = forms.CharField(label=_("Second surname (if you have one)"), max_length=60, required=False)

    field_order: tuple[str, ...] = ("given_names", "paternal", "maternal", "pin", "pin_again")


class HelpCodeForm(NewPinForm):
    """A help code from staff, and the new PIN that it allows."""

    help_code = forms.CharField(
        label=_("Help code"), max_length=40, widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"})
    )

    field_order: tuple[str, ...] = ("help_code", "pin", "pin_again")


class ChangePinForm(NewPinForm, SecretForm):
    """A new PIN of somebody who is logged in."""

    field_order: tuple[str, ...] = ("secret", "pin", "pin_again")


class ChangePhoneForm(PhoneForm, SecretForm):
    """A new number of somebody who is logged in."""

    field_order: tuple[str, ...] = ("phone", "country", "secret")
