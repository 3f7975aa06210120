"""Forms of hiring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.hiring.choices import Actor, ApplicationState, RefusalReason
from workforce.hiring.hires import Hire
from workforce.hiring.models import Application, Placement
from workforce.hiring.moves import allowed_moves


class InterestForm(forms.Form):
    """What somebody adds when they say that they are interested."""

    message = forms.CharField(
        label=_("Message to the employer (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """The employer's answer: the next state, with what that state needs."""

    to_state = forms.ChoiceField(label=_("Your answer"))
    reason = forms.ChoiceField(
        label=_("Reason (the person sees it)"), required=False, choices=[("", "---------"), *RefusalReason.choices]
    )
    answer = forms.CharField(
        label=_("Message to the person"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    hired_on = forms.DateField(
        label=_("First day (if hired)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    base_pay = forms.DecimalField(
        label=_("Base pay a week (if hired)"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": application.revision})
        super().__init__(*args, **kwargs)
        possible = allowed_moves(application.state, Actor.EMPLOYER)
        choice: Any = self.fields["to_state"]
        words = {ApplicationState.REVIEWING: _("Take the hire back: the person never came")}
        taken_back = words if application.state == ApplicationState.HIRED else {}
        labels = [(value, taken_back.get(ApplicationState(value), label)) for value, label in ApplicationState.choices]
        choice.choices = [(value, label) for value, label in labels if value in possible]
        self.has_moves = bool(choice.choices)

    def clean(self) -> dict[str, Any]:
        """A refusal needs its reason."""
        data = super().clean() or {}
        if data.get("to_state") == ApplicationState.REFUSED and not data.get("reason"):
            self.add_error("reason", _("Choose the reason; the person will see it."))
        return data

    @property
    def hire(self) -> Hire:
        """What was said of the hire."""
        return Hire(
            hired_on=self.cleaned_data.get("hired_on"),
            base_pay=self.cleaned_data.get("base_pay"),
            pay_currency=Placement._meta.get_field("pay_currency").default,
        )
