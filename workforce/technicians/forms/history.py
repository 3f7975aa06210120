"""Forms for certificates and for jobs held."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.skills.choices import CredentialKind
from workforce.skills.models import Credential
from workforce.technicians.forms.conflicts import RevisionMixin
from workforce.technicians.models import Certificate, Experience

FUTURE = _("This date has not come yet.")


def day_input() -> forms.DateInput:
    """A date field that phones open a calendar for."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class CredentialIterator(forms.models.ModelChoiceIterator):
    """Groups the choices by kind of credential, each group by name in the reader's language."""

    def __iter__(self) -> Any:
        """Yield the empty choice and the groups."""
        yield ("", self.field.empty_label)
        rows = sorted(self.queryset, key=lambda row: (CredentialKind(row.kind).label, str(row).casefold()))
        for kind, members in groupby(rows, key=lambda row: row.kind):
            yield (CredentialKind(kind).label, [self.choice(row) for row in members])


class CredentialField(forms.ModelChoiceField):
    """Chooses a credential."""

    iterator = CredentialIterator


class CertificateForm(forms.ModelForm):
    """A credential that the person holds."""

    credential = CredentialField(
        Credential.objects.active(), label=_("Certificate"), empty_label=_("Choose a certificate")
    )

    class Meta:
        model = Certificate
        fields = ("credential", "issued_on", "expires_on", "folio")
        widgets = {"issued_on": day_input(), "expires_on": day_input()}
        labels = {
            "issued_on": _("Issued on"),
            "expires_on": _("Valid until"),
            "folio": _("Folio or number (if it has one)"),
        }
        help_texts = {"expires_on": _("Left empty, we fill in how long it usually lasts.")}

    def clean(self) -> dict[str, Any]:
        """Check the dates."""
        data = super().clean() or {}
        issued, expires = data.get("issued_on"), data.get("expires_on")
        if issued and issued > timezone.localdate():
            self.add_error("issued_on", FUTURE)
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("It cannot end before it was issued."))
        return data


class ExperienceForm(RevisionMixin, forms.ModelForm):
    """A job held; its title is kept in the language that it was written in."""

    job_title = forms.CharField(label=_("What you worked as"), max_length=160)

    class Meta:
        model = Experience
        fields = ("employer", "started_on", "ended_on", "informal")
        widgets = {"started_on": day_input(), "ended_on": day_input()}
        labels = {
            "employer": _("Where (company, workshop, on your own)"),
            "started_on": _("From"),
            "ended_on": _("Until"),
            "informal": _("It was informal work (it counts too)"),
        }
        help_texts = {"ended_on": _("Leave it empty if you still work there.")}

    field_order = ("job_title", *Meta.fields)

    def __init__(self, *args: Any, revision: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["job_title"] = getattr(self.instance, f"title_{self.title_language}") or ""
        self.remember(revision)

    @property
    def title_language(self) -> str:
        """The language that the title is written in: the reader's, unless it stands in the other one only."""
        reader = "en" if (get_language() or "").startswith("en") else "es"
        other = "es" if reader == "en" else "en"
        has_only_other = getattr(self.instance, f"title_{other}") and not getattr(self.instance, f"title_{reader}")
        return other if has_only_other else reader

    def clean(self) -> dict[str, Any]:
        """Check the dates."""
        data = super().clean() or {}
        started, ended = data.get("started_on"), data.get("ended_on")
        today = timezone.localdate()
        for name, day in (("started_on", started), ("ended_on", ended)):
            if day and day > today:
                self.add_error(name, FUTURE)
        if started and ended and ended < started:
            self.add_error("ended_on", _("It cannot end before it began."))
        return data

    def values(self) -> dict[str, Any]:
        """Return what the service saves."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return data | {f"title_{self.title_language}": self.cleaned_data["job_title"]}
