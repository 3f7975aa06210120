"""Forms of accounts."""

from __future__ import annotations

import contextlib
from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from workforce.accounts import invitations, services
from workforce.accounts.choices import JoinKind
from workforce.accounts.models import Organization, User
from workforce.core.errors import DomainError

TAKEN = _("There is already an account with this e-mail. Log in, or ask for a new password.")

NEEDED = {
    (JoinKind.SEEKER,): ("given_names", "paternal"),
    (JoinKind.EMPLOYER, JoinKind.INSTITUTE): ("organization_name",),
}

OF_THE_KIND = ("kind", "given_names", "paternal", "maternal", "organization_name")


def _invited_by(request: HttpRequest | None) -> str:
    """The token of the invitation that somebody signs up for, "" for who came by themselves."""
    if request is None:
        return ""
    return invitations.token_of(request.POST.get("next") or request.GET.get("next") or "")


class SignupForm(AllauthSignupForm):
    """Signing up, as a job seeker or for an organization: one short form.

    The fields that do not belong to the chosen ``kind`` are hidden by the page's style where the browser can, and
    ignored here.
    """

    use_required_attribute = False  # a hidden field that the browser insists on would stop the form without a word
    field_order = ("kind", "given_names", "paternal", "maternal", "organization_name", "email", "password1")

    kind = forms.ChoiceField(
        label=_("What brings you here?"), choices=JoinKind.choices, widget=forms.RadioSelect, initial=JoinKind.SEEKER
    )
    given_names = forms.CharField(
        label=_("Given names"), max_length=80, required=False, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    paternal = forms.CharField(
        label=_("First surname"), max_length=60, required=False, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    maternal = forms.CharField(label=_("Second surname (if you have one)"), max_length=60, required=False)
    organization_name = forms.CharField(
        label=_("Name of the company or institute"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = _invited_by(context.request)
        if self.invitation:  # what they are is decided: a member of whichever organization invites them
            for name in OF_THE_KIND:
                del self.fields[name]
        asked = context.request.GET.get("kind", "") if context.request else ""
        if asked in JoinKind.values and not self.invitation:
            self.initial["kind"] = asked
        self.twin: User | None = None
        self.email_taken = False
        self._mark_required()
        self.fields["email"].label = _("E-mail")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 10 characters; a short sentence works well.")
        for name in ("email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def _mark_required(self) -> None:
        """Mark what the kinds need; once a kind was sent, only what that one needs."""
        if self.invitation:
            return
        sent = self.data.get("kind") if self.is_bound else None
        for kinds, names in NEEDED.items():
            for name in names:
                self.fields[name].required = sent is None or sent in kinds

    def validate_unique_email(self, value: str) -> str:
        """Leave the verdict on a taken address to ``clean``: a double click is no second sign-up."""
        try:
            unique: str = super().validate_unique_email(value)
        except forms.ValidationError:
            self.email_taken = True
            return value
        return unique

    def clean(self) -> dict[str, Any]:
        """Decide about an address that is taken."""
        data: dict[str, Any] = super().clean()
        if self.email_taken:
            self.twin = services.find_twin(email=data["email"], password=data.get("password1") or "")
            if self.twin is None:
                self.add_error("email", TAKEN)
        return data

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make account and profile or organization together, or nothing; a second click joins the first."""
        if self.twin is not None:
            return self.twin, None
        try:
            with transaction.atomic():
                made: tuple[User | None, HttpResponse | None] = super().try_save(request)
                return made
        except IntegrityError:
            email, password = self.cleaned_data["email"], self.cleaned_data["password1"]
            if not User.objects.filter(email__iexact=email).exists():
                raise
            if twin := services.find_twin(email=email, password=password):
                return twin, None
            messages.error(request, TAKEN)
            return None, redirect("account_login")

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Make what belongs to the kind of account; who was invited becomes a member, if the link is still good.

        If it is not, the page of the link says why, and the account is there all the same.
        """
        data = self.cleaned_data
        if self.invitation:
            with contextlib.suppress(DomainError):
                invitations.accept(user=user, token=self.invitation)
            return
        if data["kind"] == JoinKind.SEEKER:
            names = services.PersonNames(data["given_names"], data["paternal"], data["maternal"])
            services.welcome_job_seeker(user=user, names=names)
        else:
            services.create_organization(
                user=user,
                name=data["organization_name"],
                is_employer=data["kind"] == JoinKind.EMPLOYER,
                is_institute=data["kind"] == JoinKind.INSTITUTE,
            )


class OrganizationForm(forms.ModelForm):
    """Registers an organization for somebody who has an account."""

    class Meta:
        model = Organization
        fields = ("name", "is_employer", "is_institute", "is_agency")

    def clean(self) -> dict[str, Any]:
        """Ask for at least one capability."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("is_employer", "is_institute", "is_agency")):
            raise forms.ValidationError(_("Choose at least one: what does the organization do?"), code="capability")
        return data
