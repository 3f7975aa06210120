"""The form about a person and what they look for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import EnglishLevel, Language, Shift
from workforce.places.forms import ZoneField
from workforce.technicians.choices import UsWork
from workforce.technicians.forms.conflicts import RevisionMixin
from workforce.technicians.models import Technician
from workforce.technicians.validators import check_available_from, clean_phone

SUMMARY_LENGTH = 2000


def text_area(rows: int) -> forms.Textarea:
    """A text area of that many lines."""
    return forms.Textarea({"rows": rows})


class ProfileForm(RevisionMixin, forms.ModelForm):
    """Basics first, the rest in ``MORE``, which the page folds away for newcomers."""

    MORE = ("phone", "us_work", "available_from", "original_language", "about", "about_other")

    shifts = forms.MultipleChoiceField(
        label=_("Shifts I accept"), choices=Shift.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    pay_min = forms.DecimalField(
        label=_("Weekly pay wanted"),
        help_text=_("The least you accept, without bonuses."),
        max_digits=10,
        decimal_places=2,
        required=False,
        localize=False,
        validators=[
            MinValueValidator(0, _("Pay cannot be less than zero.")),
        ],
        widget=forms.NumberInput({"inputmode": "decimal", "min": "0", "step": "any"}),
    )
    original_language = forms.ChoiceField(
        label=_("I write in"), choices=Language.choices, widget=forms.RadioSelect, required=False
    )
    about = forms.CharField(
        label=_("About me"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=text_area(4),
        help_text=_("In your own words. Employers read it only after you apply to them."),
    )
    about_other = forms.CharField(
        label=_("The same in the other language (if you like)"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=text_area(3),
    )

    class Meta:
        model = Technician
        fields = (
            "given_names",
            "paternal",
            "maternal",
            "zone",
            "own_transport",
            "shifts",
            "english",
            "pay_min",
            "pay_currency",
            "discoverable",
            "phone",
            "us_work",
            "available_from",
        )
        widgets = {
            "given_names": forms.TextInput({"autocomplete": "given-name"}),
            "paternal": forms.TextInput({"autocomplete": "family-name"}),
            "phone": forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
            "available_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        field_classes = {"zone": ZoneField}
        labels = {
            "maternal": _("Second surname (if you have one)"),
            "zone": _("Where I live"),
            "own_transport": _("I have my own transport"),
            "us_work": _("US work authorization"),
            "given_names": _("Given names"),
            "paternal": _("First surname"),
            "phone": _("Phone"),
            "available_from": _("Available from"),
            "pay_currency": _("Currency"),
            "discoverable": _("Employers may find me (without my name)"),
        }
        help_texts = {
            "phone": _("Only a plant to which you apply sees it."),
            "us_work": _(
                "Only roles in the United States need it. Employers see “authorized” or “not stated”, never which kind."
            ),
            "discoverable": _(
                "Plants see your skills, city, shifts and English, not your name, phone or former employers. You see "
                "your matches either way."
            ),
            "available_from": _("Leave it empty if you can start now."),
        }

    field_order = (*Meta.fields, "original_language", "about", "about_other")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        language = person.original_language if person.pk else (get_language() or Language.SPANISH)[:2]
        other = other_language(language)
        self.initial.update(
            original_language=language,
            about=getattr(person, f"summary_{language}") or "",
            about_other=getattr(person, f"summary_{other}") or "",
        )
        self.remember(person.revision if person.pk else None)
        self.fields["paternal"].required = True
        self.fields["english"].choices = [("", _("Not stated")), *EnglishLevel.choices]  # type: ignore[attr-defined]
        self.fields["us_work"].choices = UsWork.choices  # type: ignore[attr-defined]
        self.fields["us_work"].required = self.fields["pay_currency"].required = False
        self.fields["zone"].offer(self.instance.zone_id)  # type: ignore[attr-defined]

    @property
    def names_can_wait(self) -> bool:
        """Whether a newcomer has said their names already, so that the first step can do without them."""
        return self.instance.pk is not None and not self.errors and self.instance.revision == 1

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that can wait."""
        return [self[name] for name in self.MORE]

    @property
    def errors_of_fields(self) -> list[tuple[forms.BoundField, Any]]:
        """The visible fields with their errors, as the summary of errors wants them."""
        return [(field, field.errors) for field in self.visible_fields()]

    def clean_phone(self) -> str:
        """Take a phone as people write it; refuse what cannot be one."""
        return clean_phone(self.cleaned_data["phone"])

    def clean_available_from(self) -> date | None:
        """Refuse a new date in the past."""
        return check_available_from(self.cleaned_data["available_from"], self.initial.get("available_from"))

    def clean_us_work(self) -> str:
        """Nothing chosen is nothing said."""
        return self.cleaned_data["us_work"] or UsWork.UNSTATED

    def clean_pay_currency(self) -> str:
        """Nothing chosen keeps what was."""
        return self.cleaned_data["pay_currency"] or self.initial.get("pay_currency") or "MXN"

    def values(self) -> dict[str, Any]:
        """Return what the service saves, with the summary under the language that it is written in."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        language = self.cleaned_data["original_language"] or self.initial["original_language"]
        return data | {
            "original_language": language,
            f"summary_{language}": self.cleaned_data["about"],
            f"summary_{other_language(language)}": self.cleaned_data["about_other"],
        }


def other_language(language: str) -> str:
    """The other one of the two."""
    return Language.SPANISH if language == Language.ENGLISH else Language.ENGLISH
