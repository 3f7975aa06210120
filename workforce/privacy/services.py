"""What a person does about their data. Each is one transaction."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import Position
from workforce.accounts.members import lock_organization
from workforce.accounts.models import Membership, User
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application
from workforce.hiring.services import move_application
from workforce.privacy.choices import RequestKind, RequestState
from workforce.privacy.models import DataRequest
from workforce.technicians.choices import GONE
from workforce.technicians.models import Grant, Technician
from workforce.technicians.services import block_profile, unblock_profile

TRIES, WINDOW = 5, 600
"""Wrong passwords in so many seconds; then the account's owner has to wait, and so has whoever took their phone."""


def check_password(*, user: User, password: str) -> None:
    """Raise ``InvalidInput`` unless this is the account's password, ``Conflict`` after too many wrong ones."""
    key = f"privacy-password-{user.pk}"
    cache.add(key, 0, WINDOW)
    if int(cache.get(key, 0)) >= TRIES:
        raise Conflict("too_many_tries", _("Too many tries. Wait ten minutes and try again."))
    if not user.check_password(password):
        try:
            cache.incr(key)
        except ValueError:  # it has just run out
            cache.set(key, 1, WINDOW)
        raise InvalidInput("wrong_password", _("That is not your password."), field="password")
    cache.delete(key)


@transaction.atomic
def request_erasure(*, user: User, password: str | None) -> DataRequest:
    """Block an account at once, log it out everywhere, and have it erased when its time has come.

    ``password`` was checked by the caller and is stored anew, which ends every session; None is for accounts without
    one, whose caller has seen a recent log-in. Asking twice is asking once. Raises ``NotAllowed`` for staff and
    ``Conflict`` for the last owner of an organization.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if (known := DataRequest.objects.erasures_of(user).first()) is not None:
        return known
    if user.is_staff:
        raise NotAllowed("staff_account", _("Accounts of staff are closed by somebody else of the staff."))
    _refuse_last_owner(user)
    technician = Technician.objects.filter(user=user).exclude(state__in=GONE).first()
    was_paused = block_profile(technician_id=technician.pk) if technician else False
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.closing_at = timezone.now() + timedelta(days=settings.PRIVACY_ERASE_AFTER_DAYS)
    user.save(update_fields=("password", "closing_at", "updated_at"))
    made: DataRequest = DataRequest.objects.create(
        user=user,
        technician=technician,
        kind=RequestKind.ERASE,
        was_paused=was_paused,
        due=user.closing_at,
    )
    return made


def _refuse_last_owner(user: User) -> None:
    """Somebody must stay who can act for an organization. Owners who are about to go do not count."""
    owned = Membership.objects.filter(user=user, position=Position.OWNER).order_by("organization_id")
    for organization_id in owned.values_list("organization_id", flat=True):
        # Locked, so that two owners who go at the same moment do not count on each other.
        organization = lock_organization(organization_id)
        others = Membership.objects.filter(organization=organization, position=Position.OWNER).exclude(user=user)
        if not others.filter(user__is_active=True, user__closing_at=None).exists():
            message = _("You are the only owner of %(organization)s. Make somebody else its owner first, or ask us.")
            raise Conflict("last_owner", message % {"organization": organization.name})


@transaction.atomic
def cancel_erasure(*, user: User) -> bool:
    """Keep the account after all; return whether there was anything to take back, and it could be."""
    request = DataRequest.objects.erasures_of(user).select_for_update(of=("self",)).first()
    if request is None or request.state != RequestState.WAITING:
        return False
    request.state, request.done_at = RequestState.CANCELLED, timezone.now()
    request.save(update_fields=("state", "done_at"))
    User.objects.filter(pk=user.pk).update(closing_at=None, updated_at=timezone.now())
    if request.technician_id is not None:
        unblock_profile(technician_id=request.technician_id, paused=request.was_paused)
    return True


@transaction.atomic
def ask(*, user: User, kind: str, text: str) -> DataRequest:
    """Ask staff for something that the pages do not offer; the same words twice are one request."""
    User.objects.select_for_update().get(pk=user.pk)
    technician = Technician.objects.filter(user=user).first()
    due = timezone.now() + timedelta(days=settings.PRIVACY_ANSWER_DAYS)
    made: DataRequest
    made, _created = DataRequest.objects.get_or_create(
        user=user, kind=kind, text=text, state=RequestState.WAITING, defaults={"technician": technician, "due": due}
    )
    return made


@transaction.atomic
def answer(*, request_id: int, text: str) -> bool:
    """Keep what staff answered; return whether that is news. An erasure is not answered: it is done or taken back."""
    request = DataRequest.objects.select_for_update().filter(pk=request_id).exclude(kind=RequestKind.ERASE).first()
    if request is None or request.state != RequestState.WAITING:
        return False
    request.state, request.answer, request.done_at = RequestState.DONE, text, timezone.now()
    request.save(update_fields=("state", "answer", "done_at"))
    return True


@transaction.atomic
def revoke_grant(*, user: User, grant_id: int) -> bool:
    """Take back a leave that ``user`` gave; return whether that is news.

    One that came from an application which still waits takes the application back too: an employer cannot answer
    somebody whom it may not know.
    """
    grant = Grant.objects.in_force().filter(pk=grant_id, technician__user=user).first()
    if grant is None:
        return False
    kind, _colon, number = grant.source.partition(":")
    if kind == "application" and number.isdecimal():
        application = Application.objects.live().filter(pk=int(number), technician_id=grant.technician_id).first()
        if application is not None:
            move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=user)
    Grant.objects.in_force().filter(pk=grant.pk).update(revoked_at=timezone.now())
    return True
