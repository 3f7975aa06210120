"""Forms for members and invitations."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.accounts.choices import Position
from workforce.accounts.models import Organization
from workforce.core.forms import ShowsRefusals

WHAT_THEY_DO = {
    Position.OWNER: _("Owner: everything, also members and documents"),
    Position.RECRUITER: _("Recruiter: publishes roles and answers applicants"),
    Position.COUNSELLOR: _("Counsellor: keeps programmes, cohorts and placements"),
    Position.VIEWER: _("Viewer: looks, and changes nothing"),
}
RECRUITER_NEEDS = _("There are recruiters only where an organization offers roles or hires for others.")
COUNSELLOR_NEEDS = _("There are counsellors only where an organization trains people.")


def why_fewer(organization: Organization) -> Any:
    """Say why a position is not among the choices."""
    here = access.positions_in(organization)
    if Position.RECRUITER not in here:
        return RECRUITER_NEEDS
    return COUNSELLOR_NEEDS if Position.COUNSELLOR not in here else ""


class PositionForm(ShowsRefusals):
    """What somebody is in the organization: only positions that mean something there."""

    position = forms.ChoiceField(label=_("Position"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(position.value, WHAT_THEY_DO[position]) for position in access.positions_in(organization)]
        field = self.fields["position"]
        field.choices = choices  # type: ignore[attr-defined]
        field.help_text = why_fewer(organization)


class InviteForm(PositionForm):
    """Invites somebody, by a link and, if there is an address, by a letter."""

    field_order = ("email", "position")
    email = forms.EmailField(
        label=_("E-mail (optional)"),
        required=False,
        help_text=_(
            "With an address we send the link there, and only the account of that address can use it. "
            "Without one, whoever has the link can use it once."
        ),
    )
    once_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once_key", uuid.uuid4().hex)
        self.initial.setdefault("position", Position.VIEWER)
