"""Forms of verification."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import DocumentKind, VerificationOutcome, VerificationReason
from workforce.accounts.verification import STATE_AFTER, TEXT_MAX
from workforce.core.errors import DomainError


class ShowsRefusals(forms.Form):
    """A form that can say what a service refused."""

    def show(self, error: DomainError) -> None:
        """Show it beside its field, or on top."""
        for name, text in (error.errors or {"": error.message}).items():
            self.add_error(name if name in self.fields else None, str(text))


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
