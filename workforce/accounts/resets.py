"""A new PIN for somebody who forgot it: by e-mail, by waiting, or with a help code. The rule is in docs/phones.md."""

from __future__ import annotations

import base64
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import ResetKind
from workforce.accounts.events import login_changed
from workforce.accounts.limits import Limit, take
from workforce.accounts.models import PinReset, User
from workforce.accounts.people import forget_failures, put_on_phone
from workforce.accounts.pins import hash_pin, validate_pin
from workforce.core.errors import InvalidInput, NotAllowed

# Carriers give unused numbers to strangers, in the United States after 45 days at the earliest (47 CFR 52.15(f)):
# where the person logged in by the number this lately, it has no new holder yet.
LAST_SEEN = timedelta(days=30)
READY_FOR = timedelta(days=3)
LINK_LIFE = timedelta(hours=1)
HELP_LIFE = timedelta(days=2)
HELP_DIGITS = 10
DAY = 86400
LINKS_A_DAY = 3


@transaction.atomic
def ask_for_new_pin(*, user_id: int) -> list[int]:
    """Start what can lead to a new PIN; return the rows whose mail is to be sent (``tasks.send_reset_mail``).

    An e-mail link, where there is an e-mail. Where there is none: a wait, if the number was never shared and the
    person was here lately. On a shared number a code by phone proves only that it is one of the family.
    """
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    now = timezone.now()
    seen = user.last_login is not None and user.last_login > now - LAST_SEEN
    hours = settings.PHONE_RESET_WAIT_HOURS
    if seen and hours and _may_wait(user) and waiting_of(user) is None:
        ready = now + timedelta(hours=hours)
        PinReset.objects.create(user=user, kind=ResetKind.WAITING, ready_at=ready, expires_at=ready + READY_FOR)
    if not user.email or take([Limit("pin-mail", str(user.pk), LINKS_A_DAY, DAY)]) is not None:
        return []
    link = PinReset.objects.create(user=user, kind=ResetKind.EMAIL, ready_at=now, expires_at=now + LINK_LIFE)
    return [link.pk]


def waiting_of(user: User) -> PinReset | None:
    """Return the wait that is running or over and can still be used, if the number is still the person's alone."""
    if not _may_wait(user):
        return None
    return _open(ResetKind.WAITING).filter(user=user).order_by("pk").first()


def _may_wait(user: User) -> bool:
    """Whether holding the phone long enough may be proof: nothing else can prove it, and nobody else has the number."""
    return not user.email and user.phone is not None and user.phone.shared_at is None


def _open(kind: ResetKind) -> QuerySet[PinReset]:
    return PinReset.objects.filter(kind=kind, used_at=None, cancelled_at=None, expires_at__gt=timezone.now())


def secret_of(reset: PinReset) -> str:
    """Return what only the mail, or the person that staff helped, knows. It is derived and stored nowhere."""
    digest = salted_hmac("puente.pin-reset", f"{reset.pk}:{reset.nonce}:{reset.kind}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[: HELP_DIGITS if reset.kind == ResetKind.HELP else 40]


def link_token(reset: PinReset) -> str:
    """Return the last part of the address in the mail."""
    return f"{reset.pk}-{secret_of(reset)}"


def reset_by_link(token: str) -> PinReset | None:
    """Return the open row of a link, or None."""
    pk, _dash, secret = token.partition("-")
    if not pk.isdecimal() or len(pk) > 15:
        return None
    reset = _open(ResetKind.EMAIL).filter(pk=int(pk), user__is_active=True).select_related("user__phone").first()
    return reset if reset is not None and constant_time_compare(secret_of(reset), secret) else None


@transaction.atomic
def finish_reset(*, reset_id: int, pin: str, e164: str = "") -> User:
    """Set the new PIN and use the row up. ``e164`` is the number just proved: a help code moves the account to it."""
    user_id = PinReset.objects.values_list("user_id", flat=True).get(pk=reset_id)
    user = User.objects.select_for_update().get(pk=user_id)
    reset = PinReset.objects.select_for_update().get(pk=reset_id)
    if not _may_finish(reset, user):
        raise NotAllowed("reset_over", _("This way to a new PIN is over. Ask for it again."))
    validate_pin(pin, e164=e164 or (user.phone.e164 if user.phone else ""))
    user.pin = hash_pin(pin)
    if e164 and reset.kind == ResetKind.HELP:
        put_on_phone(user, e164)
    user.save()
    forget_failures(user)
    now = timezone.now()
    PinReset.objects.filter(pk=reset_id).update(used_at=now)
    PinReset.objects.filter(user=user, used_at=None, cancelled_at=None).update(cancelled_at=now)
    login_changed.send(sender=User, user_id=user.pk, at=now)
    return user


def _may_finish(reset: PinReset, user: User) -> bool:
    now = timezone.now()
    unused = reset.used_at is None and reset.cancelled_at is None and reset.ready_at <= now < reset.expires_at
    return unused and user.is_active and (reset.kind != ResetKind.WAITING or _may_wait(user))


@transaction.atomic
def issue_help_code(*, user_id: int, staff: User) -> str:
    """Make a code that lets its bearer put this account on a number that they prove, with a new PIN.

    Staff hand it over after they have seen who it is. Only a superuser may do it for staff: it would be a way up.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active or ((user.is_staff or user.is_superuser) and not staff.is_superuser):
        raise NotAllowed("no_help_code", _("You may not make a help code for this account."))
    now = timezone.now()
    _open(ResetKind.HELP).filter(user=user).update(cancelled_at=now)
    made = PinReset.objects.create(
        user=user, kind=ResetKind.HELP, ready_at=now, expires_at=now + HELP_LIFE, issued_by=staff
    )
    return link_token(made)


def reset_by_help_code(typed: str) -> PinReset:
    """Return the open row of a help code. Raises InvalidInput."""
    pk, _dash, secret = typed.strip().lower().replace(" ", "").partition("-")
    reset = _open(ResetKind.HELP).filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 16 else None
    if reset is None or not constant_time_compare(secret_of(reset), secret):
        raise InvalidInput("wrong_help_code", _("That help code is not right, or too old."), field="help_code")
    return reset


@transaction.atomic
def send_reset_mail(*, reset_id: int, site: str) -> bool:
    """Mail the link to a new PIN, once; return whether it went out now. The row is locked while the mail is sent."""
    waiting = _open(ResetKind.EMAIL).filter(pk=reset_id, sent_at=None)
    reset = waiting.select_for_update().first()
    if reset is None or not reset.user.email:
        return False
    with translation.override(reset.user.language):
        link = site.rstrip("/") + reverse("pin-link", args=[link_token(reset)])
        text = gettext(
            "Somebody who has your phone asked for a new PIN for your Puente account.\n\n"
            "Was it you? Choose the new PIN here within an hour:\n%(link)s\n\n"
            "Was it not you? Log in with your PIN or password: that calls it off. Then look at your account."
        )
        send_mail(gettext("[Puente] A new PIN for your account"), text % {"link": link}, None, [reset.user.email])
    PinReset.objects.filter(pk=reset_id).update(sent_at=timezone.now())
    return True


def pending_mails() -> list[int]:
    """Return the rows whose mail was not sent yet."""
    return list(_open(ResetKind.EMAIL).filter(sent_at=None).order_by("pk").values_list("pk", flat=True)[:200])


def is_ready(reset: PinReset) -> bool:
    """Whether the wait is over."""
    return reset.ready_at <= timezone.now()
