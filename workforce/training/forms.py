"""Forms of training."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization
from workforce.hiring.models import Placement
from workforce.skills.forms import SkillPickerField, SkillPickerForm
from workforce.training.models import Cohort, Enrolment, Programme
from workforce.training.services import Job


def _date(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ProgrammeForm(SkillPickerForm, forms.ModelForm):
    """A programme in one language or both, and what it teaches."""

    name_es = forms.CharField(label=_("Name in Spanish"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    skills = SkillPickerField(label=_("Skills it teaches, with the level reached"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Programme
        fields = ("name_es", "name_en", "modality", "hours", "cost", "cost_currency")

    def clean(self) -> dict[str, Any]:
        """One language is enough, none is not."""
        data = super().clean() or {}
        if not data.get("name_es") and not data.get("name_en"):
            self.add_error("name_es", _("Give the name in Spanish, in English, or in both."))
        data["name_es"], data["name_en"] = data.get("name_es") or None, data.get("name_en") or None
        return data


class CohortForm(forms.ModelForm):
    """One run of a programme."""

    starts_on = _date(_("starts on"))
    ends_on = _date(_("ends on"))

    class Meta:
        model = Cohort
        fields = ("programme", "name", "starts_on", "ends_on", "seats")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["programme"]
        choice.queryset = organization.programmes.all()

    def clean(self) -> dict[str, Any]:
        """A cohort ends after it starts."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end is before the start."))
        return data


class EnrolmentForm(forms.Form):
    """A learner as the institute lists them."""

    listed_name = forms.CharField(label=_("Full name"), max_length=200)
    listed_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("If the person has a Puente account, they are asked to confirm."),
    )


class PlacementForm(forms.ModelForm):
    """Where a learner was hired, entered by hand."""

    enrolment = forms.ModelChoiceField(label=_("Learner"), queryset=Enrolment.objects.none())
    hired_on = _date(_("Hired on"))

    class Meta:
        model = Placement
        fields = ("employer_name", "job_title", "hired_on", "base_pay", "pay_period", "pay_currency", "related")

    field_order = ("enrolment", "employer_name", "job_title", "hired_on")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["enrolment"]
        choice.queryset = (
            Enrolment.objects.of_organization(organization)
            .select_related("cohort__programme")
            .order_by("listed_name", "pk")
        )
        choice.label_from_instance = lambda row: f"{row.listed_name} - {row.cohort.name}"
        self.fields["employer_name"].required = True

    def job(self) -> Job:
        """What was typed, for the service."""
        data = self.cleaned_data
        name = data["employer_name"].strip()
        employer = Organization.objects.verified().filter(name__iexact=name, is_employer=True).first()
        return Job(
            hired_on=data["hired_on"],
            employer=employer,
            employer_name=name,
            job_title=data["job_title"],
            base_pay=data["base_pay"],
            pay_period=data["pay_period"],
            pay_currency=data["pay_currency"],
            related=data["related"],
        )
