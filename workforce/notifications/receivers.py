"""What happens in the apps below, told to whom it concerns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from workforce.accounts.access import EDITORS
from workforce.accounts.choices import Position, VerificationOutcome
from workforce.accounts.events import login_changed, verification_decided
from workforce.accounts.models import Membership, Organization
from workforce.employers.events import client_asked, role_closed
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState, SilenceStage
from workforce.hiring.events import application_changed, silence_told
from workforce.hiring.models import Application
from workforce.notifications.kinds import (
    APPLICATION_EXPIRED,
    APPLICATION_HIRED,
    APPLICATION_MOVED,
    APPLICATION_RECEIVED,
    APPLICATION_REFUSED,
    APPLICATION_WITHDRAWN,
    APPLICATIONS_EXPIRED,
    APPLICATIONS_WAIT,
    APPLICATIONS_WAIT_LAST,
    CLIENT_ASKED,
    ENROLMENT_ASKED,
    HIRE_TAKEN_BACK,
    LOGIN_CHANGED,
    ORGANIZATION_MORE_DOCUMENTS,
    ORGANIZATION_REFUSED,
    ORGANIZATION_REOPENED,
    ORGANIZATION_VERIFIED,
    ROLE_CLOSED,
    ROLE_FULL,
)
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
    ApplicationState.EXPIRED: APPLICATION_EXPIRED,
}
OF_SILENCE = {
    SilenceStage.REMINDER: APPLICATIONS_WAIT,
    SilenceStage.LAST_REMINDER: APPLICATIONS_WAIT_LAST,
    SilenceStage.EXPIRED: APPLICATIONS_EXPIRED,
}
TO_OWNERS = {
    VerificationOutcome.VERIFIED: ORGANIZATION_VERIFIED,
    VerificationOutcome.REFUSED: ORGANIZATION_REFUSED,
    VerificationOutcome.MORE_DOCUMENTS: ORGANIZATION_MORE_DOCUMENTS,
    VerificationOutcome.REOPENED: ORGANIZATION_REOPENED,
}


def recruiters_of(organization: Organization) -> list[int]:
    """Ids of those who answer applicants of a verified organization."""
    if not organization.is_verified:
        return []
    rows = Membership.objects.filter(organization=organization, position__in=EDITORS)
    return list(rows.values_list("user_id", flat=True))


@receiver(application_changed, dispatch_uid="tell-of-an-application")
def tell_of_application(application_id: int, from_state: str, to_state: str, **kwargs: Any) -> None:
    """The other side hears of each move; who made it does not."""
    row = Application.objects.select_related("role__organization", "technician").get(pk=application_id)
    move = row.events.filter(to_state=to_state).order_by("pk").last()
    if from_state == ApplicationState.HIRED and row.technician.user_id:
        kind, people = HIRE_TAKEN_BACK, [row.technician.user_id]
    elif to_state in TO_RECRUITERS:
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


@receiver(silence_told, dispatch_uid="tell-of-silence")
def tell_of_silence(role_id: int, stage: SilenceStage, day: date, **kwargs: Any) -> None:
    """Recruiters hear once a day that applications to a role stand still, or have ended so; not once for each."""
    role = Role.objects.select_related("organization").get(pk=role_id)
    kind = OF_SILENCE[stage].name
    notify(
        user_ids=recruiters_of(role.organization),
        kind=kind,
        params={"role": role_id},
        dedupe_key=f"{kind}:{role_id}:{day.isoformat()}",
    )


@receiver(role_closed, dispatch_uid="tell-of-a-closed-role")
def tell_of_closed_role(role_id: int, **kwargs: Any) -> None:
    """Those who still wait for an answer hear that the role has closed, or is full and they are on its waiting list."""
    kind = ROLE_FULL if Role.objects.get(pk=role_id).is_full else ROLE_CLOSED
    rows = Application.objects.live().filter(role_id=role_id, technician__user__isnull=False)
    for pk, user_id, published_at in rows.values_list("pk", "technician__user_id", "role__published_at"):
        since = published_at.isoformat() if published_at else ""
        key = f"{kind.name}:{pk}:{since}"
        notify(user_ids=[user_id], kind=kind.name, params={"application": pk}, dedupe_key=key)


@receiver(verification_decided, dispatch_uid="tell-of-a-verification")
def tell_of_verification(organization_id: int, decision_id: int, outcome: str, **kwargs: Any) -> None:
    """Owners hear of each decision about their organization, once."""
    if outcome not in TO_OWNERS:
        return
    kind = TO_OWNERS[VerificationOutcome(outcome)].name
    owners = Membership.objects.filter(organization_id=organization_id, position=Position.OWNER)
    notify(
        user_ids=owners.values_list("user_id", flat=True),
        kind=kind,
        params={"organization": organization_id},
        dedupe_key=f"{kind}:{decision_id}",
    )


@receiver(client_asked, dispatch_uid="ask-about-an-agency")
def ask_about_agency(client_id: int, organization_id: int, **kwargs: Any) -> None:
    """Owners of the company are asked whether the agency hires for it."""
    owners = Membership.objects.filter(organization_id=organization_id, position=Position.OWNER)
    notify(
        user_ids=owners.values_list("user_id", flat=True),
        kind=CLIENT_ASKED.name,
        params={"organization": organization_id},
        dedupe_key=f"{CLIENT_ASKED.name}:{client_id}",
    )


@receiver(enrolment_made, dispatch_uid="ask-about-an-enrolment")
def ask_about_enrolment(enrolment_id: int, **kwargs: Any) -> None:
    """The person, if there is an account, is asked whether it is true and who may know."""
    row = Enrolment.objects.select_related("technician").get(pk=enrolment_id)
    if row.technician.user_id and row.confirmed_at is None:
        key = f"{ENROLMENT_ASKED.name}:{row.pk}"
        notify(
            user_ids=[row.technician.user_id], kind=ENROLMENT_ASKED.name, params={"enrolment": row.pk}, dedupe_key=key
        )


@receiver(login_changed, dispatch_uid="tell-of-a-changed-log-in")
def tell_of_changed_login(user_id: int, at: datetime, **kwargs: Any) -> None:
    """The person hears of a new PIN or number, by an e-mail that the thief of a phone may not be able to read."""
    key = f"{LOGIN_CHANGED.name}:{at.isoformat()}"
    notify(user_ids=[user_id], kind=LOGIN_CHANGED.name, params={"account": user_id}, dedupe_key=key)
