"""Companies on Puente for which an agency hires: it asks, they confirm, and may take that back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.accounts.members import lock_organization
from workforce.accounts.models import Organization, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, NotThere
from workforce.employers.choices import RoleState
from workforce.employers.events import client_asked
from workforce.employers.models import AgencyClient, Role
from workforce.employers.services import close_role


@transaction.atomic
def ask_client(*, actor: User, agency_id: int, name: str) -> AgencyClient:
    """Ask a verified employer to confirm that the agency hires for it; asking twice is asking once.

    Raises ``NotAllowed`` unless ``actor`` edits the roles of an agency, ``Conflict`` while the agency itself is not
    verified, ``InvalidInput`` for a name that no verified employer has, or that several have.
    """
    agency = lock_organization(agency_id)
    if not (agency.is_agency and access.can_edit_roles(actor, agency)):
        raise NotAllowed("not_editor", _("Only owners and recruiters of an agency may do this."))
    # An agency that nobody checked could be anybody, and this writes to the owners of whom it names.
    if not agency.is_verified:
        raise Conflict("not_verified", _("Companies can be asked once our staff have verified your organization."))
    employers = Organization.objects.verified().filter(is_employer=True).exclude(pk=agency.pk)
    found = list(employers.filter(slug=name.strip())[:1] or employers.filter(name__iexact=name.strip())[:2])
    if len(found) != 1:
        message = _("No verified company has exactly this name. You can still name it in each role.")
        raise InvalidInput("client_unknown", message, field="name")
    client, made = AgencyClient.objects.get_or_create(agency=agency, organization=found[0])
    if made:
        client_asked.send(sender=AgencyClient, client_id=client.pk, organization_id=client.organization_id)
    return client


@transaction.atomic
def confirm_client(*, actor: User, organization_id: int, client_id: int) -> AgencyClient:
    """An owner of the client says that the agency hires for it; twice is the same as once."""
    client = _asked(actor, organization_id, client_id)
    if not client.is_confirmed:
        client.confirmed_at, client.confirmed_by, client.refused_at = timezone.now(), actor, None
        client.save(update_fields=("confirmed_at", "confirmed_by", "refused_at", "updated_at"))
    return client


@transaction.atomic
def refuse_client(*, actor: User, organization_id: int, client_id: int) -> AgencyClient:
    """An owner of the client says that the agency does not hire for it, or not any more; twice is the same as once.

    Its name is gone from the agency's roles at once, and those that are published close: their applicants are told.
    """
    client = _asked(actor, organization_id, client_id)
    if client.refused_at is not None:
        return client
    client.confirmed_at, client.confirmed_by, client.refused_at = None, None, timezone.now()
    client.save(update_fields=("confirmed_at", "confirmed_by", "refused_at", "updated_at"))
    for role in Role.objects.filter(client=client, state=RoleState.PUBLISHED).order_by("pk"):
        close_role(role=role)
    return client


def _asked(actor: User, organization_id: int, client_id: int) -> AgencyClient:
    organization = lock_organization(organization_id)
    if not access.can_edit_organization(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    rows = AgencyClient.objects.select_for_update(of=("self",)).select_related("organization", "agency")
    found: AgencyClient | None = rows.filter(pk=client_id, organization=organization).first()
    if found is None:
        raise NotThere("client_gone", _("The agency does not ask any more."))
    return found
