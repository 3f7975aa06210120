"""Who shares a phone: choosing the person, their PIN or password, registering one more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import ResetKind
from workforce.accounts.events import login_changed
from workforce.accounts.models import Phone, PhoneCode, PinReset, SecretTries, User
from workforce.accounts.pins import hash_pin, secret_fits, validate_pin
from workforce.accounts.services import PersonNames, welcome_job_seeker
from workforce.core.errors import Conflict, InvalidInput

MOST_ON_A_PHONE = 12
WAITS = {3: 30, 4: 60, 5: 300, 6: 900}  # seconds after so many wrong tries
LONGEST_WAIT = 3600


@dataclass(frozen=True)
class Person:
    """What the others on a phone may see of a person: enough to find oneself, no more."""

    pk: int
    label: str


def people_on(e164: str) -> list[Person]:
    """Return who may log in by this number. Show it only to somebody who has just proved the number."""
    # The profile belongs to a layer above: it is asked for by the name of its relation, not imported.
    users = User.objects.filter(phone__e164=e164, is_active=True).select_related("technician").order_by("pk")
    return [Person(user.pk, label_of(user)) for user in users]


def label_of(user: User) -> str:
    """Return what the others on the phone see of this person."""
    profile = getattr(user, "technician", None)
    if profile is not None and profile.given_names:
        return f"{profile.given_names} {profile.paternal[:1]}.".replace(" .", "")
    return f"{user.email[:2]}•••" if user.email else "•••"


def person_on(e164: str, pk: int | str | None) -> User | None:
    """Return the active user of this key if the number is theirs."""
    if not str(pk).isdecimal() or len(str(pk)) > 18:
        return None
    return User.objects.filter(phone__e164=e164, is_active=True, pk=int(str(pk))).select_related("phone").first()


def wait_of(user: User) -> datetime | None:
    """Return until when this person's PIN is not taken, or None."""
    until = SecretTries.objects.filter(user=user, blocked_until__gt=timezone.now()).values_list(
        "blocked_until", flat=True
    )
    return until.first()


def check_secret(*, user: User, typed: str) -> None:
    """Compare PIN or password; raises InvalidInput (wrong) or Conflict (wait first).

    The try is counted before it is compared, in one conditional write: tries at the same moment are all counted.
    A right one forgets the wrong ones, and calls off a new PIN that somebody else may have asked for.
    """
    now = timezone.now()
    SecretTries.objects.get_or_create(user=user)
    row = SecretTries.objects.filter(user=user).exclude(blocked_until__gt=now)
    failures = SecretTries.objects.values_list("failures", flat=True).get(user=user) + 1
    wait = WAITS.get(failures, 0 if failures < min(WAITS) else LONGEST_WAIT)
    if not row.filter(failures=failures - 1).update(
        failures=failures, blocked_until=now + timedelta(seconds=wait) if wait else None
    ):
        raise Conflict("wait", _("There were several wrong tries. Wait a little, and then try again."))
    if not secret_fits(user, typed):
        raise InvalidInput("wrong_secret", _("That PIN or password is not right."), field="secret")
    forget_failures(user)
    PinReset.objects.filter(user=user, kind=ResetKind.WAITING, used_at=None, cancelled_at=None).update(cancelled_at=now)


def forget_failures(user: User) -> None:
    """Start counting wrong tries anew."""
    SecretTries.objects.filter(user=user).update(failures=0, blocked_until=None)


@transaction.atomic
def register_person(*, code_id: int, names: PersonNames, pin: str, language: str) -> User:
    """Make a job seeker on the number that this used code proved; the same proof sent twice makes one."""
    # Nothing is joined to a locked row: PostgreSQL would show the other table as it was before the wait for the lock.
    code = PhoneCode.objects.select_for_update().get(pk=code_id)
    if code.used_at is None:
        raise Conflict("unproved", _("Prove your number with a code first."))
    if code.registered is not None:
        return code.registered
    validate_pin(pin, e164=code.e164)
    user = User(language=language, pin=hash_pin(pin))
    user.set_unusable_password()
    put_on_phone(user, code.e164)
    welcome_job_seeker(user=user, names=names)
    code.registered = user
    code.save(update_fields=("registered",))
    return user


def put_on_phone(user: User, e164: str) -> None:
    """Save the user with this proved number. Call it inside a transaction. Raises Conflict when the phone is full."""
    Phone.objects.get_or_create(e164=e164)
    phone = Phone.objects.select_for_update().get(e164=e164)
    others = phone.users.exclude(pk=user.pk).count()
    if others >= MOST_ON_A_PHONE:
        raise Conflict("full_phone", _("Too many people use this number. Use your e-mail, or ask us for help."))
    phone.verified_at = timezone.now()
    if others and phone.shared_at is None:
        phone.shared_at = phone.verified_at
    phone.save()
    before = user.phone_id
    user.phone = phone
    user.save()
    if before is not None and before != phone.pk:  # a number alone is somebody's data too
        Phone.objects.filter(pk=before, users__isnull=True).delete()


@transaction.atomic
def change_phone(*, user_id: int, code_id: int) -> User:
    """Move an account to the number that this used code proved. Other sessions end: one may lie in a lost phone."""
    code = PhoneCode.objects.get(pk=code_id, used_at__isnull=False)
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    user.session_epoch += 1
    put_on_phone(user, code.e164)
    login_changed.send(sender=User, user_id=user.pk, at=timezone.now())
    return user


@transaction.atomic
def set_pin(*, user: User, pin: str) -> User:
    """Give a person a new PIN; their other sessions end with it."""
    found = User.objects.select_for_update().get(pk=user.pk)
    validate_pin(pin, e164=found.phone.e164 if found.phone else "")
    found.pin = hash_pin(pin)
    found.save(update_fields=("pin", "updated_at"))
    forget_failures(found)
    login_changed.send(sender=User, user_id=found.pk, at=timezone.now())
    return found


def end_sessions(*, user: User) -> User:
    """End all sessions of a person; whoever asks is given a new one by the caller."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=("session_epoch",))
    return user
