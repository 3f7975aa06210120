"""Forms of verification."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import Capability, DocumentKind, VerificationOutcome, VerificationReason
from workforce.accounts.identity import LEGAL_NAME_MAX, Identity
from workforce.accounts.models import Organization
from workforce.accounts.verification import STATE_AFTER, TEXT_MAX
from workforce.core.errors import DomainError
from workforce.core.forms import ShowsRefusals


class IdentityForm(ShowsRefusals):
    """What an organization is. The boxes that confirm something are there when there is something to confirm."""

    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=LEGAL_NAME_MAX,
        required=False,
        help_text=_("As it stands in your tax registration: razón social in Mexico."),
    )
    tax_id = forms.CharField(
        label=_("Tax ID (RFC or EIN)"),
        max_length=20,
        required=False,
        help_text=_("RFC of 12 or 13 characters, or EIN like 12-3456789. Only members and our staff see it."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    as_on_paper = forms.BooleanField(label=_("It stands exactly so in our papers"), required=False)
    is_employer = forms.BooleanField(
        label=_("Offers roles"), required=False, help_text=_("It hires people for itself.")
    )
    is_agency = forms.BooleanField(
        label=_("Hires for others"), required=False, help_text=_("An agency: each of its roles says for whom it is.")
    )
    is_institute = forms.BooleanField(
        label=_("Trains people"), required=False, help_text=_("It has programmes, cohorts and placements.")
    )
    confirmed = forms.BooleanField(
        label=_("Yes, verify us again: until then nothing of ours is public"), required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        names = ("legal_name", "tax_id", *Capability.values, "revision")
        kwargs["initial"] = {name: getattr(organization, name) for name in names}
        super().__init__(*args, **kwargs)
        if not organization.is_verified:
            del self.fields["confirmed"]
        if "as_on_paper" not in self.data:
            self.fields["as_on_paper"].widget = forms.HiddenInput()

    def identity(self) -> Identity:
        """What was entered, for the service."""
        names = ("legal_name", "tax_id", *Capability.values)
        return Identity(**{name: self.cleaned_data[name] for name in names})

    def show(self, error: DomainError) -> None:
        """Offer the box for an odd tax number with the refusal that it answers."""
        super().show(error)
        if error.code == "tax_id_check_digit":
            self.fields["as_on_paper"].widget = forms.CheckboxInput()


class DocumentForm(ShowsRefusals):
    """Sends one document."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPG or PNG, 8 MB at most. Only the owners and our staff can open it."),
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    note = forms.CharField(label=_("Note for our staff (optional)"), max_length=300, required=False)


class DecisionForm(ShowsRefusals):
    """What staff decide."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(outcome.value, VerificationOutcome(outcome).label) for outcome in STATE_AFTER],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("None: it is verified")), *VerificationReason.choices],
        required=False,
        help_text=_("The owners read it in their language."),
    )
    text = forms.CharField(
        label=_("More for the owners"),
        max_length=TEXT_MAX,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("They read it as you write it: write it in their language, or in both."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
