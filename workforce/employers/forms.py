"""Forms of roles and plants."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization
from workforce.core.choices import Country, Currency, EnglishLevel, Language, PayPeriod, Shift
from workforce.employers.choices import Benefit, Contract, HiringFor, TimeZone
from workforce.employers.models import AgencyClient, Plant, Role
from workforce.employers.rules import DESCRIPTION_MAX, CredentialNeed, SkillNeed, check_role
from workforce.employers.services import EDITABLE
from workforce.places.forms import ParkField, ZoneField
from workforce.skills.forms import SkillPickerField, SkillPickerForm
from workforce.skills.models import Credential, Occupation
from workforce.skills.search import link_occupation

if TYPE_CHECKING:
    PlantModelForm = forms.ModelForm[Plant]
else:  # Django's own class takes no type at run time
    PlantModelForm = forms.ModelForm

US_WORK = (
    ("", _("As usual for the plant: needed in the United States")),
    ("yes", _("Needed")),
    ("no", _("Not needed")),
)
OCCUPATION_MAX = 200
FOR_WHOM = ("hiring_for", "client", "client_name", "client_sector")
# The list of occupations follows the typing; without a script the words are linked when the form is sent.
OPTIONS_BY_HTMX = {
    "list": "occupation-options",
    "autocomplete": "off",
    "hx-get": reverse_lazy("occupation-options"),
    "hx-trigger": "input changed delay:200ms",
    "hx-target": "#occupation-options",
    "hx-sync": "this:replace",
}


class PlantForm(PlantModelForm):
    """A site of an organization."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[("", _("That of the zone")), *TimeZone.choices], required=False
    )

    class Meta:
        model = Plant
        fields = ("name", "zone", "park", "park_name", "time_zone", "company_bus")
        labels = {"zone": _("Zone")}
        field_classes = {"zone": ZoneField, "park": ParkField}
        help_texts = {"park_name": _("Only if your park is not in the list above.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("zone", "park"):
            self.fields[name].offer(getattr(self.instance, f"{name}_id"))  # type: ignore[attr-defined]


class AskClientForm(forms.Form):
    """Names the company that an agency hires for."""

    name = forms.CharField(
        label=_("Name of the company on Puente"),
        max_length=160,
        help_text=_("Exactly as it stands above its own roles. Its owners are asked to confirm."),
    )


class PasteForm(forms.Form):
    """Takes the text of a vacancy; how long it may be is said by who reads it."""

    text = forms.CharField(
        label=_("Text of the vacancy"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("From a message, a flyer, a job board or your own file: in Spanish, in English or mixed."),
    )


def _texts(max_length: int, label: Any, *, long: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 6}) if long else forms.TextInput()
    return forms.CharField(label=label, max_length=max_length, required=False, widget=widget)


def _amount(label: Any, help_text: Any = "") -> forms.DecimalField:
    """Money; that it is not negative is a rule of the domain and said by it."""
    return forms.DecimalField(label=label, help_text=help_text, required=False, max_digits=10, decimal_places=2)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


def _many(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class RoleForm(SkillPickerForm, forms.Form):
    """A role in one language or both. What is sound is decided by ``rules``, when the service saves."""

    title_es = _texts(160, _("Title in Spanish"))
    description_es = _texts(DESCRIPTION_MAX, _("Description in Spanish"), long=True)
    title_en = _texts(160, _("Title in English"))
    description_en = _texts(DESCRIPTION_MAX, _("Description in English"), long=True)
    original_language = forms.ChoiceField(label=_("Which one did you write first?"), choices=Language.choices)
    occupation = forms.CharField(
        label=_("Occupation"),
        max_length=OCCUPATION_MAX,
        required=False,
        help_text=_("What you call this work, in Spanish or English. It helps people to find the role."),
        widget=forms.TextInput(attrs=OPTIONS_BY_HTMX),
    )
    plant = forms.ModelChoiceField(Plant.objects.none(), label=_("Plant"))
    hiring_for = forms.ChoiceField(label=_("For whom is it?"), widget=forms.RadioSelect)
    client = forms.ModelChoiceField(
        AgencyClient.objects.none(),
        label=_("Which of your clients"),
        required=False,
        help_text=_("Companies on Puente that you asked to confirm, under “Clients”."),
    )
    client_name = forms.CharField(label=_("Name of the company"), max_length=160, required=False)
    client_sector = forms.CharField(
        label=_("Sector of the company"),
        max_length=120,
        required=False,
        help_text=_("For a company without a name: automotive, medical devices... People see it, with the zone."),
    )
    openings = forms.IntegerField(label=_("Openings"), initial=1)
    external_ref = forms.CharField(
        label=_("Your reference"),
        max_length=60,
        required=False,
        help_text=_("Your own number for this vacancy, if you have one. Nobody else sees it."),
    )
    shifts = _many(_("Shifts"), Shift.choices)
    weekly_hours = forms.DecimalField(label=_("Hours a week"), required=False, max_digits=4, decimal_places=1)
    contract = forms.ChoiceField(label=_("Contract"), choices=Contract.choices)
    pay_min = _amount(_("Base pay from"), _("What is guaranteed, without bonuses."))
    pay_max = _amount(_("Base pay to"))
    pay_currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    pay_period = forms.ChoiceField(label=_("Pay period"), choices=PayPeriod.choices, initial=PayPeriod.WEEK)
    bonuses = _amount(_("Bonuses up to"), _("Attendance, punctuality and the like: shown apart from base pay."))
    benefits = _many(_("Benefits"), Benefit.choices)
    skills = SkillPickerField(label=_("Skills"), asks_must=True, asks_weight=True, required=False)
    credentials = forms.ModelMultipleChoiceField(
        Credential.objects.none(),
        label=_("Certificates that are a must"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    english_min = forms.ChoiceField(
        label=_("English needed"), choices=[("", _("Not needed")), *EnglishLevel.choices], required=False
    )
    needs_us_work = forms.ChoiceField(label=_("US work permit"), choices=US_WORK, required=False)
    starts_on = _day(_("Starts on"))
    closes_at = _day(_("Apply until"), _("On the day after, the role closes by itself."))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    once_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    pasted = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organization: Organization, role: Role | None = None, **kwargs: Any) -> None:
        self.organization, self.role = organization, role
        initial = {"original_language": (get_language() or "es")[:2], "once_key": uuid.uuid4().hex}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        plants = organization.plants.select_related("zone").order_by("name", "pk")
        self.fields["plant"].queryset = plants  # type: ignore[attr-defined]
        self.fields["credentials"].queryset = Credential.objects.active().order_by("code")  # type: ignore[attr-defined]

        self._ask_for_whom(organization)

    def _ask_for_whom(self, organization: Organization) -> None:
        """Ask agencies for whom they hire; for the others the answer is known."""
        self.asks_for_whom = organization.is_agency
        if not self.asks_for_whom:
            for name in FOR_WHOM:
                del self.fields[name]
            return
        own = [HiringFor.OWN] if organization.is_employer else []
        kinds = [*own, HiringFor.CLIENT, HiringFor.NAMED, HiringFor.CONFIDENTIAL]
        self.fields["hiring_for"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        clients = AgencyClient.objects.filter(agency=organization, refused_at__isnull=True)
        self.fields["client"].queryset = clients.select_related("organization")  # type: ignore[attr-defined]

    @property
    def error_fields(self) -> list[tuple[forms.BoundField, Any]]:
        """The visible fields with their errors, for the summary above the form."""
        return [(bound, bound.errors) for bound in self.visible_fields()]

    def clean_occupation(self) -> Occupation | None:
        """Link the words to an occupation; none is fine, words that point to none are not."""
        words = self.cleaned_data["occupation"]
        if not words.strip():
            return None
        linked = link_occupation(words)
        if linked is None:
            message = _("We do not know this occupation. Choose one of the list, or leave it empty.")
            raise forms.ValidationError(message, "unknown_occupation")
        return linked.occupation

    def clean(self) -> dict[str, Any]:
        """Say what the rules refuse along with what the fields do, so that everything is told at once."""
        given = {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}
        given.pop("needs_us_work", None)
        try:
            check_role(Role(organization=self.organization, **given), self.role)
        except forms.ValidationError as found:
            for name, errors in found.error_dict.items():
                if name in self.cleaned_data:
                    self.add_error(name, errors)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """Return what was entered as the fields of a role, for the service (the form must be valid)."""
        data = self.cleaned_data
        values = {name: data[name] for name in EDITABLE if name != "needs_us_work" and name in data}
        if not self.asks_for_whom:
            values |= {"hiring_for": HiringFor.OWN, "client": None, "client_name": "", "client_sector": ""}
        us_work = data["needs_us_work"]
        in_us = data["plant"].zone.country == Country.US
        return values | {"needs_us_work": in_us if us_work == "" else us_work == "yes"}

    def skill_needs(self) -> list[SkillNeed]:
        """Return the chosen skills for the service."""
        return [SkillNeed(row.skill.pk, row.level, row.must, row.weight) for row in self.cleaned_data["skills"]]

    def credential_needs(self) -> list[CredentialNeed]:
        """Return the chosen certificates for the service; each is a must."""
        return [CredentialNeed(credential.pk) for credential in self.cleaned_data["credentials"]]

    def show_errors(self, found: forms.ValidationError) -> None:
        """Show what the service refused beside the fields; what belongs to none stands on top."""
        for name, errors in (
            found.error_dict.items() if hasattr(found, "error_dict") else [("__all__", found.error_list)]
        ):
            self.add_error(name if name in self.fields else None, errors)


def initial_of(role: Role) -> dict[str, Any]:
    """Return the form's values for a saved role."""
    values = {name: getattr(role, name) for name in EDITABLE}
    return values | {
        "plant": role.plant_id,
        "client": role.client_id,
        "occupation": role.occupation.title if role.occupation else "",
        "needs_us_work": "yes" if role.needs_us_work else "no",
        "skills": list(role.role_skills.select_related("skill")),
        "credentials": [need.credential_id for need in role.role_credentials.all()],
        "revision": role.revision,
        "once_key": "",
    }
