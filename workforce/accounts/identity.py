"""What an organization is: its legal name, its tax number, and what it does. Owners say so, staff verify it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from workforce.accounts import access
from workforce.accounts.choices import Capability, Verification, VerificationOutcome
from workforce.accounts.events import capability_leaving, organization_changed
from workforce.accounts.members import lock_organization
from workforce.accounts.models import Organization, User
from workforce.accounts.services import set_verification
from workforce.accounts.tax_ids import normal_tax_id
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, StaleRevision

LEGAL_NAME_MAX = 200
VERIFIED_FIELDS = ("legal_name", "tax_id")


@dataclass(frozen=True)
class Identity:
    """What owners say."""

    legal_name: str
    tax_id: str
    is_employer: bool = False
    is_institute: bool = False
    is_agency: bool = False


def _cleaned(identity: Identity, as_on_paper: bool) -> Identity:
    legal_name = " ".join(identity.legal_name.split())
    if len(legal_name) > LEGAL_NAME_MAX:
        raise InvalidInput("too_long", _("Keep the legal name under 200 characters."), field="legal_name")
    if not any(getattr(identity, capability) for capability in Capability.values):
        raise InvalidInput("capability", _("Choose at least one: what does the organization do?"))
    tax_id = normal_tax_id(identity.tax_id, as_on_paper=as_on_paper)
    return Identity(legal_name, tax_id, identity.is_employer, identity.is_institute, identity.is_agency)


def _let_go(organization: Organization, capability: Capability) -> None:
    """Ask those above whether something still rests on a capability; raise Conflict with what they say to do."""
    answers = capability_leaving.send(sender=Organization, organization_id=organization.pk, capability=capability)
    reasons = [str(reason) for _receiver, reason in answers if reason]
    if reasons:
        raise Conflict("capability_in_use", " ".join(reasons), field=capability.value)


@transaction.atomic
def save_identity(
    *,
    actor: User,
    organization_id: int,
    identity: Identity,
    revision: int | None = None,
    confirmed: bool = False,
    as_on_paper: bool = False,
) -> Organization:
    """Keep what an owner says of the organization, and return it.

    Another legal name or tax number takes a verified organization back to staff, and all that is public of it away:
    that must be ``confirmed``. Raises ``NotAllowed``, ``InvalidInput``, ``StaleRevision`` when somebody saved since
    ``revision``, ``Conflict`` for a capability that something rests on or a change that is not confirmed.
    """
    organization = lock_organization(organization_id)
    if not access.can_edit_organization(actor, organization):
        raise NotAllowed("not_owner", _("Only an owner may do this."))
    wanted = asdict(_cleaned(identity, as_on_paper))
    changed = [name for name, value in wanted.items() if getattr(organization, name) != value]
    if not changed:
        return organization
    if revision is not None and organization.revision != revision:
        raise StaleRevision(organization.revision)
    for capability in Capability:
        if capability in changed and not wanted[capability]:
            _let_go(organization, capability)
    starts_over = organization.is_verified and any(name in changed for name in VERIFIED_FIELDS)
    if starts_over and not confirmed:
        text = _("Nothing of your organization is public until our staff has looked at it again. Confirm it below.")
        raise Conflict("confirm_new_identity", text, field="confirmed")
    for name in changed:
        setattr(organization, name, wanted[name])
    organization.revision += 1
    organization.save(update_fields=(*changed, "revision", "updated_at"))
    if starts_over:
        set_verification(
            organization_id=organization.pk,
            verification=Verification.PENDING,
            actor=actor,
            outcome=VerificationOutcome.REOPENED,
        )
        organization.refresh_from_db()
    elif any(name in Capability.values for name in changed):
        organization_changed.send(sender=Organization, organization_id=organization.pk)
    return organization
