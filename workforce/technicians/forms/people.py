"""Forms for people without an account, and for taking over a profile."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language
from workforce.core.errors import DomainError
from workforce.places.models import Zone
from workforce.technicians.choices import IntakeSource


class PersonForm(forms.Form):
    """Registers one person: what a counsellor or a recruiter asks at a table."""

    given_names = forms.CharField(label=_("Given names"), max_length=80)
    paternal = forms.CharField(label=_("First surname"), max_length=60, required=False)
    maternal = forms.CharField(label=_("Second surname (if they have one)"), max_length=60, required=False)
    source = forms.ChoiceField(
        label=_("How do you know them?"),
        choices=IntakeSource.choices,
        initial=IntakeSource.WALK_IN,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mail (optional)"),
        required=False,
        help_text=_("We send the link there. Without one you get a link to hand over on paper."),
    )
    phone = forms.CharField(
        label=_("Phone (optional)"),
        max_length=20,
        required=False,
        help_text=_("Only you and your colleagues see it, until the person takes the profile over."),
        widget=forms.TextInput({"type": "tel"}),
    )
    zone_id = forms.ModelChoiceField(label=_("Where they live (optional)"), queryset=Zone.objects.all(), required=False)
    external_id = forms.CharField(
        label=_("Your own number for the person (optional)"),
        max_length=80,
        required=False,
        help_text=_("With one, nobody is registered twice."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices, initial=Language.SPANISH)
    was_told = forms.BooleanField(
        label=_("The person knows that I register them, and agrees"),
    )
    once_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once_key", uuid.uuid4().hex)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        data.pop("was_told")
        zone = data.pop("zone_id")
        return data | {"zone_id": zone.pk if zone else None, "send_link": bool(data["email"])}

    def show(self, error: DomainError) -> None:
        """Show what the service refused beside its field, or on top."""
        for name, text in (error.errors or {"": error.message}).items():
            self.add_error(name if name in self.fields else None, str(text))


class ClaimForm(forms.Form):
    """Takes a profile over. Being found is asked apart, and is off unless said; whoever has a profile said it there."""

    agreed = forms.BooleanField(label=_("This is me, and I want these data to be my profile in Puente"))
    discoverable = forms.BooleanField(
        label=_("Employers may find me (without my name)"),
        required=False,
        help_text=_("You can change this at any time in your profile."),
    )

    def __init__(self, *args: Any, has_profile: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_profile:
            del self.fields["discoverable"]
