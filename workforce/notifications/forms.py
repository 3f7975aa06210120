"""The form of what a person wants to be told how."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.notifications.channels import sms
from workforce.notifications.choices import Cadence, Category, Channel, Zone
from workforce.notifications.models import Clock
from workforce.notifications.preferences import FIXED, cadences_of

HELP = {
    Category.APPLICATIONS: _("Who applied to your roles, and what was answered to your own applications."),
    Category.MATCHES: _("New roles that fit you, or new people who fit your roles."),
    Category.ORGANIZATION: _("Verification, members, and institutes that listed you."),
    Category.TIPS: _("Now and then: what is new, and how to get more out of Puente."),
}


class PreferencesForm(forms.Form):
    """One choice for each category that may be chosen, for each channel that there is."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names: dict[str, tuple[str, str]] = {}
        present = cadences_of(user.pk)
        for category in (category for category in Category if category not in FIXED):
            if user.email:
                self._add_mail(category, present[category, Channel.EMAIL])
            if sms.is_configured():
                self._add_text(category, present[category, Channel.SMS])
        clock = Clock.objects.filter(user=user).values_list("zone", flat=True).first()
        if user.email:
            self.fields["zone"] = forms.ChoiceField(
                label=_("My clock"),
                choices=Zone.choices,
                initial=clock or Zone.JUAREZ,
                help_text=_("What comes together is sent at 8 in the morning."),
            )

    def _add_mail(self, category: Category, cadence: str) -> None:
        name = f"email_{category}"
        self.fields[name] = forms.ChoiceField(
            label=category.label, choices=Cadence.choices, initial=cadence, help_text=HELP[category]
        )
        self._names[name] = (category, Channel.EMAIL)

    def _add_text(self, category: Category, cadence: str) -> None:
        name = f"sms_{category}"
        label = _("Text messages too: %(category)s")
        self.fields[name] = forms.BooleanField(
            label=label % {"category": category.label}, required=False, initial=cadence == Cadence.NOW
        )
        self._names[name] = (category, Channel.SMS)

    @property
    def choices(self) -> dict[tuple[str, str], str]:
        """What was chosen, by category and channel."""
        found = {}
        for name, (category, channel) in self._names.items():
            value = self.cleaned_data[name]
            found[category, channel] = (
                (Cadence.NOW if value else Cadence.NEVER) if channel == Channel.SMS else Cadence(value)
            )
        return {pair: str(cadence) for pair, cadence in found.items()}
