"""Forms of privacy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.privacy.choices import RequestKind
from workforce.technicians.choices import VOLUNTARY


class ConsentForm(forms.Form):
    """The purposes that somebody may agree to or not, each by itself."""

    def __init__(self, *args: Any, given: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in VOLUNTARY:
            self.fields[purpose.value] = forms.BooleanField(
                label=purpose.label, required=False, initial=purpose.value in given
            )

    @property
    def choices(self) -> dict[str, bool]:
        """What was chosen for each purpose."""
        return {purpose.value: bool(self.cleaned_data[purpose.value]) for purpose in VOLUNTARY}


class ErasureForm(forms.Form):
    """Asks for the password once more, where there is one."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text=_("So that nobody else who holds your phone can do this."),
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["password"]


class AskForm(forms.Form):
    """Asks staff for what the pages do not offer."""

    kind = forms.ChoiceField(
        label=_("What do you need?"),
        choices=[choice for choice in RequestKind.choices if choice[0] != RequestKind.ERASE],
    )
    text = forms.CharField(label=_("Tell us"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(forms.Form):
    """What staff did about it."""

    text = forms.CharField(label=_("Our answer"), max_length=2000, widget=forms.Textarea({"rows": 3}))
