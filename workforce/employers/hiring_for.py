"""For whom a role is: an agency names the company, or says the sector of one that wants no name. Rules and words."""

from __future__ import annotations

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization
from workforce.employers.choices import HiringFor
from workforce.employers.models import Role

Errors = dict[str, list[ValidationError]]


def tidy_hiring_for(role: Role) -> None:
    """Keep of the three answers the one that belongs to the choice."""
    if role.hiring_for != HiringFor.CLIENT:
        role.client = None
    role.client_name = " ".join(role.client_name.split()) if role.hiring_for == HiringFor.NAMED else ""
    role.client_sector = " ".join(role.client_sector.split()) if role.hiring_for == HiringFor.CONFIDENTIAL else ""


def hiring_for_errors(role: Role, *, to_publish: bool) -> Errors:
    """What is wrong with the answer to "for whom", by field; a draft may leave it open."""
    found: Errors = defaultdict(list)
    organization = role.organization
    if role.hiring_for == HiringFor.OWN:
        if to_publish and not organization.is_employer:
            message = _("Say for whom this role is: an agency names its client.")
            found["hiring_for"].append(ValidationError(message, "client_missing"))
        return found
    if not organization.is_agency:
        message = _("Only an agency hires for others. Say so first where your organization says what it is.")
        found["hiring_for"].append(ValidationError(message, "not_an_agency"))
    if role.hiring_for == HiringFor.CLIENT:
        found |= _client_errors(role, to_publish=to_publish)
    elif role.hiring_for == HiringFor.NAMED:
        found |= _name_errors(role)
    elif not role.client_sector:
        message = _("Say in which sector the company is: people see that, and the zone.")
        found["client_sector"].append(ValidationError(message, "sector_missing"))
    return found


def _client_errors(role: Role, *, to_publish: bool) -> Errors:
    client = role.client
    if client is None or client.agency_id != role.organization_id:
        return {"client": [ValidationError(_("Choose one of your clients."), "foreign_client")]}
    if to_publish and not (client.is_confirmed and client.organization.is_verified):
        message = _("This client has not confirmed that you hire for it. Until then keep the role as a draft.")
        return {"client": [ValidationError(message, "client_not_confirmed")]}
    return {}


def _name_errors(role: Role) -> Errors:
    if not role.client_name:
        return {"client_name": [ValidationError(_("Write the name of the company."), "client_name_missing")]}
    if Organization.objects.verified().filter(name__iexact=role.client_name).exclude(pk=role.organization_id).exists():
        message = _("This company is on Puente: ask it to confirm that you hire for it, under “Clients”.")
        return {"client_name": [ValidationError(message, "client_on_puente")]}
    return {}


def company_text(role: Role) -> str:
    """Say who hires: the organization, or "Agency X for Y". A client that is not verified now is not named."""
    agency = role.organization.name
    if role.hiring_for == HiringFor.OWN:
        return agency
    if role.hiring_for == HiringFor.CONFIDENTIAL:
        values = {"agency": agency, "sector": role.client_sector, "zone": role.plant.zone}
        return gettext("%(agency)s for a company in: %(sector)s, %(zone)s") % values
    name = role.client_name
    if role.client is not None:
        name = role.client.organization.name if role.client.is_public else ""
    if not name:
        return gettext("%(agency)s for a company that we are checking") % {"agency": agency}
    return gettext("%(agency)s for %(client)s") % {"agency": agency, "client": name}
