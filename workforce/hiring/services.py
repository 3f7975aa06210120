"""Applying, answering, hiring. Each is one transaction; what others must know is told inside it.

Locks are taken in one order, so that nobody waits for each other in a ring: the role, then the application.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.core.revisions import lock_revision
from workforce.employers.models import Role
from workforce.employers.services import count_hires, lock_role
from workforce.hiring.access import actor_of
from workforce.hiring.choices import Actor, ApplicationState, RefusalReason
from workforce.hiring.events import application_changed
from workforce.hiring.hires import Hire, record_hire, take_back_hire
from workforce.hiring.models import Application, ApplicationEvent
from workforce.hiring.moves import allowed_moves
from workforce.technicians.choices import AccessKind, GrantScope, TechnicianState
from workforce.technicians.models import Grant, Technician
from workforce.technicians.services import note_access

NAMED_STATES = (
    ApplicationState.NEW,
    ApplicationState.REVIEWING,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFER,
    ApplicationState.HIRED,
)
"""While it stands at one of these the employer may know who it is; an end without a hire ends that too."""


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
    # Locked, so that nobody comes in while the role closes, and misses being told that they wait.
    role = lock_role(role.pk)
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
        role=role, technician=technician, defaults={"message": message, "quiet_since": timezone.now()}
    )
    if created:
        _record(application, "", actor, Actor.TECHNICIAN)
        _grant_contact(application)
    return application


@transaction.atomic
def move_application(
    *,
    application: Application,
    to_state: str,
    actor: User | None,
    reason: str = "",
    answer: str = "",
    hire: Hire | None = None,
    expected_revision: int | None = None,
) -> Application:
    """Move an application; the row is locked, and a move to where it already stands changes nothing.

    ``actor`` None is the system. Raises ``NotAllowed`` for strangers and for who only looks, ``Conflict`` for a move
    that the table of moves does not have or a hire for which there is no opening, ``InvalidInput`` for a refusal
    without a reason or a hire dated wrongly, ``StaleRevision``.
    """
    side = Actor.SYSTEM if actor is None else actor_of(actor, application)
    if side is None:
        raise NotAllowed("not_yours", _("You may not answer this application."))
    current = Application.objects.get(pk=application.pk)
    if current.state == to_state:
        return current
    counts = ApplicationState.HIRED in (current.state, to_state)
    role = lock_role(current.role_id) if counts else None
    row = lock_revision(
        Application.objects.select_related("role__organization", "role__plant", "technician"),
        expected_revision,
        pk=application.pk,
    )
    if row.state == to_state:  # the other one of a double click was first
        return Application.objects.get(pk=row.pk)
    left_hired = row.state == ApplicationState.HIRED
    if to_state not in allowed_moves(row.state, side) or (left_hired and role is None):
        raise Conflict("move_not_possible", _("The application is no longer in a state that allows this."))
    if to_state == ApplicationState.REFUSED and reason not in RefusalReason.values:
        raise InvalidInput("reason_required", _("Choose the reason; the person will see it."), field="reason")
    if role is not None:
        row.role = role
        if left_hired:
            take_back_hire(row)
            count_hires(role=role, change=-1)
    from_state = row.state
    _write_move(row, to_state, side, reason, answer)
    if role is not None and to_state == ApplicationState.HIRED:
        record_hire(row, hire or Hire(), actor)
        count_hires(role=role, change=1)
    _record(row, from_state, actor, side, row.refusal_reason)
    return row


def _write_move(row: Application, to_state: str, side: Actor, reason: str, answer: str) -> None:
    """Store where the application stands now; a move ends the silence, and an end without a hire the contact."""
    row.state, row.quiet_since, row.reminders = to_state, timezone.now(), 0
    if side is Actor.EMPLOYER:
        row.answered_at = row.answered_at or timezone.now()
        row.answer = answer or row.answer
        row.refusal_reason = reason if to_state == ApplicationState.REFUSED else ""
    row.save()
    if to_state == ApplicationState.NEW:
        _grant_contact(row)
    elif to_state not in NAMED_STATES:
        _contact_grants(row).filter(revoked_at=None).update(revoked_at=timezone.now())


def _record(application: Application, from_state: str, actor: User | None, side: Actor, reason: str = "") -> None:
    """Keep the move in the history and tell others."""
    move = ApplicationEvent.objects.create(
        application=application,
        from_state=from_state,
        to_state=application.state,
        actor=actor,
        side=side,
        reason=reason,
    )
    application_changed.send(
        sender=Application,
        application_id=application.pk,
        from_state=from_state,
        to_state=application.state,
        event_id=move.pk,
    )


def source_of(application_id: int) -> str:
    """What the contact grant of an application says it came from."""
    return f"application:{application_id}"


def _contact_grants(application: Application) -> models.QuerySet[Grant]:
    return Grant.objects.filter(
        technician_id=application.technician_id, scope=GrantScope.CONTACT, source=source_of(application.pk)
    )


def _grant_contact(application: Application) -> None:
    """Let the organization see whom it deals with: applying ends the blind part."""
    Grant.objects.update_or_create(
        technician_id=application.technician_id,
        organization_id=application.role.organization_id,
        scope=GrantScope.CONTACT,
        source=source_of(application.pk),
        defaults={"revoked_at": None},
    )
