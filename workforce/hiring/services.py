"""Applying, answering, hiring. Each is one transaction; what others must know is told inside it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.core.choices import Currency, PayPeriod
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.core.revisions import lock_revision
from workforce.employers.models import Role
from workforce.hiring.access import actor_of
from workforce.hiring.choices import ApplicationState, PlacementSource, RefusalReason
from workforce.hiring.events import application_changed
from workforce.hiring.models import Application, ApplicationEvent, Placement
from workforce.hiring.moves import Actor, allowed_moves
from workforce.technicians.choices import AccessKind, GrantScope, TechnicianState
from workforce.technicians.models import Grant, Technician
from workforce.technicians.services import note_access


@dataclass(frozen=True)
class Hire:
    """What the employer says of a hire; the date is the first day, pay is the guaranteed base."""

    hired_on: datetime.date | None = None
    base_pay: Decimal | None = None
    pay_period: str = PayPeriod.WEEK
    pay_currency: str = Currency.MXN


def note_named(*, actor: User, applications: Iterable[Application], kind: AccessKind) -> None:
    """Keep whom ``actor`` saw by name among applications that were read ``with_named``, for the employer of each."""
    named: dict[int, list[Technician]] = defaultdict(list)
    for row in applications:
        if row.is_named:
            named[row.role.organization_id].append(row.technician)
    for organization_id, people in named.items():
        note_access(actor=actor, technicians=people, kind=kind, organization_id=organization_id)


@transaction.atomic
def apply_to_role(*, technician: Technician, role: Role, actor: User, message: str = "") -> Application:
    """Say that ``technician`` is interested in ``role``; a second click finds the first one's application.

    Someone who withdrew may apply again. Raises ``Conflict`` when the role takes no more applications or the profile
    is paused, ``NotAllowed`` for anybody but the person.
    """
    if technician.user_id != actor.pk:
        raise NotAllowed("not_yours", _("Only the person can apply."))
    if technician.state != TechnicianState.ACTIVE:
        raise Conflict("profile_paused", _("Your profile is paused. Activate it to apply."))
    role = Role.objects.select_related("organization").get(pk=role.pk)
    application = Application.objects.filter(role=role, technician=technician).first()
    withdrawn = application is not None and application.state == ApplicationState.WITHDRAWN
    if application is not None and not withdrawn:
        return application
    if not role.is_open:
        raise Conflict("role_closed", _("This role no longer takes applications."))
    if application is not None:
        Application.objects.filter(pk=application.pk).update(message=message or application.message)
        return move_application(application=application, to_state=ApplicationState.NEW, actor=actor)
    application, created = Application.objects.get_or_create(
        role=role, technician=technician, defaults={"message": message}
    )
    if created:
        _record(application, "", actor)
        _grant_contact(application)
    return application


@transaction.atomic
def move_application(
    *,
    application: Application,
    to_state: str,
    actor: User,
    reason: str = "",
    answer: str = "",
    hire: Hire | None = None,
    expected_revision: int | None = None,
) -> Application:
    """Move an application; the row is locked, and a move to where it already stands changes nothing.

    Raises ``NotAllowed`` for strangers, ``Conflict`` for a move that the table of moves does not have,
    ``InvalidInput`` for a refusal without a reason or a hire dated wrongly, ``StaleRevision``.
    """
    side = actor_of(actor, application)
    if side is None:
        raise NotAllowed("not_yours", _("You may not answer this application."))
    current = Application.objects.get(pk=application.pk)
    if current.state == to_state:
        return current
    row = lock_revision(
        Application.objects.select_related("role__organization", "technician"), expected_revision, pk=application.pk
    )
    if to_state not in allowed_moves(row.state, side):
        raise Conflict("move_not_possible", _("The application is no longer in a state that allows this."))
    if to_state == ApplicationState.REFUSED and reason not in RefusalReason.values:
        raise InvalidInput("reason_required", _("Choose the reason; the person will see it."), field="reason")
    from_state, row.state = row.state, to_state
    if side is Actor.EMPLOYER:
        row.answered_at = row.answered_at or timezone.now()
        row.answer = answer or row.answer
        row.refusal_reason = reason if to_state == ApplicationState.REFUSED else ""
    row.save()
    if to_state == ApplicationState.HIRED:
        _record_hire(row, hire or Hire(), actor)
    if to_state == ApplicationState.WITHDRAWN:
        _contact_grants(row).update(revoked_at=timezone.now())
    if to_state == ApplicationState.NEW:
        _grant_contact(row)
    _record(row, from_state, actor, reason)
    return row


def _record(application: Application, from_state: str, actor: User, reason: str = "") -> None:
    """Keep the move in the history and tell others."""
    ApplicationEvent.objects.create(
        application=application, from_state=from_state, to_state=application.state, actor=actor, reason=reason
    )
    application_changed.send(
        sender=Application, application_id=application.pk, from_state=from_state, to_state=application.state
    )


def _source(application: Application) -> str:
    return f"application:{application.pk}"


def _contact_grants(application: Application) -> models.QuerySet[Grant]:
    return Grant.objects.filter(
        technician_id=application.technician_id, scope=GrantScope.CONTACT, source=_source(application)
    )


def _grant_contact(application: Application) -> None:
    """Let the organization see whom it deals with: applying ends the blind part."""
    Grant.objects.update_or_create(
        technician_id=application.technician_id,
        organization_id=application.role.organization_id,
        scope=GrantScope.CONTACT,
        source=_source(application),
        defaults={"revoked_at": None},
    )


def _record_hire(application: Application, hire: Hire, actor: User) -> Placement:
    """Write the placement that a hire is."""
    hired_on = hire.hired_on or timezone.localdate()
    check_hire_date(hired_on)
    if hire.base_pay is not None and hire.base_pay < 0:
        raise InvalidInput("negative_pay", _("Pay cannot be negative."), field="base_pay")
    role = application.role
    placement, _created = Placement.objects.update_or_create(
        application=application,
        defaults={
            "technician": application.technician,
            "role": role,
            "employer": role.organization,
            "employer_name": role.organization.name,
            "job_title": (role.title_es or role.title_en or "")[:160],
            "hired_on": hired_on,
            "base_pay": hire.base_pay,
            "pay_period": hire.pay_period,
            "pay_currency": hire.pay_currency,
            "source": PlacementSource.HIRE,
            "recorded_by": actor,
            "recorded_for": role.organization,
        },
    )
    return placement


def check_hire_date(hired_on: datetime.date) -> None:
    """Refuse first days that cannot be: long past, or more than half a year ahead."""
    today = timezone.localdate()
    if hired_on > today + datetime.timedelta(days=183):
        raise InvalidInput("date_too_late", _("That date is too far ahead."), field="hired_on")
    if hired_on < datetime.date(2000, 1, 1):
        raise InvalidInput("date_too_early", _("That date is too long ago."), field="hired_on")
