"""What happens in the apps below, told to whom it concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from workforce.accounts.access import EDITORS
from workforce.accounts.choices import Position, Verification
from workforce.accounts.events import organization_changed
from workforce.accounts.models import Membership, Organization
from workforce.employers.events import role_closed
from workforce.hiring.choices import ApplicationState
from workforce.hiring.events import application_changed
from workforce.hiring.models import Application
from workforce.notifications.kinds import (
    APPLICATION_HIRED,
    APPLICATION_MOVED,
    APPLICATION_RECEIVED,
    APPLICATION_REFUSED,
    APPLICATION_WITHDRAWN,
    ENROLMENT_ASKED,
    ORGANIZATION_REFUSED,
    ORGANIZATION_VERIFIED,
    ROLE_CLOSED,
)
from workforce.notifications.models import Notification
from workforce.notifications.services import notify
from workforce.training.events import enrolment_made
from workforce.training.models import Enrolment

TO_RECRUITERS = {
    ApplicationState.NEW: APPLICATION_RECEIVED,
    ApplicationState.WITHDRAWN: APPLICATION_WITHDRAWN,
}
TO_APPLICANT = {
    ApplicationState.REVIEWING: APPLICATION_MOVED,
    ApplicationState.INTERVIEW: APPLICATION_MOVED,
    ApplicationState.OFFER: APPLICATION_MOVED,
    ApplicationState.HIRED: APPLICATION_HIRED,
    ApplicationState.REFUSED: APPLICATION_REFUSED,
}
FRESH = timedelta(days=1)


def recruiters_of(organization: Organization) -> list[int]:
    """Ids of those who answer applicants of a verified organization."""
    if not organization.is_verified:
        return []
    rows = Membership.objects.filter(organization=organization, position__in=EDITORS)
    return list(rows.values_list("user_id", flat=True))


@receiver(application_changed, dispatch_uid="tell-of-an-application")
def tell_of_application(application_id: int, to_state: str, **kwargs: Any) -> None:
    """The other side hears of each move; who made it does not."""
    row = Application.objects.select_related("role__organization", "technician").get(pk=application_id)
    move = row.events.filter(to_state=to_state).order_by("pk").last()
    if to_state in TO_RECRUITERS:
        kind, people = TO_RECRUITERS[ApplicationState(to_state)], recruiters_of(row.role.organization)
    elif to_state in TO_APPLICANT and row.technician.user_id:
        kind, people = TO_APPLICANT[ApplicationState(to_state)], [row.technician.user_id]
    else:
        return
    params: dict[str, Any] = {"application": row.pk}
    values = {"to_state": to_state, "reason": row.refusal_reason}
    params |= {name: values[name] for name in kind.words}
    actor = move.actor_id if move else None
    notify(
        user_ids=[pk for pk in people if pk != actor],
        kind=kind.name,
        params=params,
        # The move and not the state: who withdraws and applies again is told of again.
        dedupe_key=f"{kind.name}:{row.pk}:{move.pk if move else to_state}",
    )


@receiver(role_closed, dispatch_uid="tell-of-a-closed-role")
def tell_of_closed_role(role_id: int, **kwargs: Any) -> None:
    """Those who still wait for an answer hear that the role has closed."""
    rows = Application.objects.live().filter(role_id=role_id, technician__user__isnull=False)
    for pk, user_id, published_at in rows.values_list("pk", "technician__user_id", "role__published_at"):
        since = published_at.isoformat() if published_at else ""
        key = f"{ROLE_CLOSED.name}:{pk}:{since}"
        notify(user_ids=[user_id], kind=ROLE_CLOSED.name, params={"application": pk}, dedupe_key=key)


@receiver(organization_changed, dispatch_uid="tell-of-a-verification")
def tell_of_verification(organization_id: int, **kwargs: Any) -> None:
    """Owners hear what staff decided. The event also comes for a new name: a decision is told of once."""
    row = Organization.objects.get(pk=organization_id)
    verified = f"{ORGANIZATION_VERIFIED.name}:{row.pk}:"
    if row.verification == Verification.VERIFIED and row.verified_at and row.verified_at > timezone.now() - FRESH:
        kind, key = ORGANIZATION_VERIFIED, f"{verified}{row.verified_at.isoformat()}"
    elif row.verification == Verification.REFUSED:
        before = Notification.objects.filter(dedupe_key__startswith=verified).order_by("pk").last()
        kind, key = ORGANIZATION_REFUSED, f"{ORGANIZATION_REFUSED.name}:{row.pk}:{before.pk if before else 0}"
    else:
        return
    owners = Membership.objects.filter(organization=row, position=Position.OWNER).values_list("user_id", flat=True)
    notify(user_ids=owners, kind=kind.name, params={"organization": row.pk}, dedupe_key=key)


@receiver(enrolment_made, dispatch_uid="ask-about-an-enrolment")
def ask_about_enrolment(enrolment_id: int, **kwargs: Any) -> None:
    """The person, if there is an account, is asked whether it is true and who may know."""
    row = Enrolment.objects.select_related("technician").get(pk=enrolment_id)
    if row.technician.user_id and row.confirmed_at is None:
        key = f"{ENROLMENT_ASKED.name}:{row.pk}"
        notify(
            user_ids=[row.technician.user_id], kind=ENROLMENT_ASKED.name, params={"enrolment": row.pk}, dedupe_key=key
        )
