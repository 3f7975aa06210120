"""Codes by phone: asking for one, sending it, comparing what was typed.

A code is stored nowhere, not even as a hash: it is derived from its row and the site's secret key whenever it is
needed. So the row is also the outbox: a worker that comes later can still send it.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import CodePurpose
from workforce.accounts.gateway import GatewayError, current_gateway
from workforce.accounts.limits import Limit, take
from workforce.accounts.models import PhoneCode
from workforce.core.errors import Conflict

logger = logging.getLogger(__name__)
LIFE = timedelta(minutes=10)
TRIES = 5
SENDINGS = 4
IN_FLIGHT = timedelta(seconds=30)  # longer than a gateway's three time-outs and the pauses between them
DIGITS = 6
KEPT = timedelta(days=1)
QUARTER, HOUR, DAY = 900, 3600, 86400


class Verdict(Enum):
    """What came of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # expired, used, tried too often, or of another session: only a new code helps


@dataclass(frozen=True)
class Asked:
    """A code that is on its way; ``token`` stays in the session that asked, and no other can use the code."""

    code_id: int
    token: str


def ask_for_code(*, e164: str, purpose: CodePurpose, language: str, address: str = "", browser: str = "") -> Asked:
    """Make a code for a number, known or not: no row of a person is looked at, so nothing can tell them apart.

    An empty ``address`` (a kiosk, where many people share one) is not counted. ``browser`` is one that has logged in
    by this number before (``known_browsers``). Raises Conflict past a limit. The caller sends the code
    (``tasks.send_code``); beat sends what was left.
    """
    if (full := take(_limits(e164, address, browser))) is not None:
        raise _too_many(full)
    token = secrets.token_urlsafe(24)
    code = PhoneCode.objects.create(
        e164=e164,
        purpose=purpose,
        binding=_binding(token),
        language=language,
        expires_at=timezone.now() + LIFE,
    )
    return Asked(code.pk, token)


def _limits(e164: str, address: str, browser: str) -> list[Limit]:
    """A known browser is counted by itself: whoever uses up a number's codes from elsewhere locks nobody out of it."""
    scope, key = ("code-browser", browser) if browser else ("code-number", e164)
    limits = [
        Limit(scope, key, settings.PHONE_LIMIT_NUMBER_QUARTER, QUARTER),
        Limit(scope, key, settings.PHONE_LIMIT_NUMBER_DAY, DAY),
    ]
    if not browser:
        limits.append(Limit("code-total", "all", settings.PHONE_LIMIT_TOTAL_HOUR, HOUR))
    if address and not browser:
        limits.insert(0, Limit("code-address", address, settings.PHONE_LIMIT_ADDRESS_HOUR, HOUR))
    return limits


def _too_many(full: Limit) -> Conflict:
    if full.scope == "code-total":
        logger.error("The limit of codes by phone in an hour is reached: somebody farms codes, or it is too low.")
        return Conflict("busy", _("We cannot send more codes right now. Try again in an hour, or use your e-mail."))
    if full.seconds == QUARTER:
        return Conflict("too_many_codes", _("We sent several codes already. Wait 15 minutes and ask for one more."))
    return Conflict("too_many_codes", _("Too many codes were asked for. Try again later, or use your e-mail."))


def code_of(code: PhoneCode) -> str:
    """Return the digits of a code."""
    digest = salted_hmac("puente.phone-code", f"{code.pk}:{code.nonce}:{code.e164}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"


def _binding(token: str) -> str:
    return salted_hmac("puente.phone-code-session", token, algorithm="sha256").hexdigest()


def check_code(*, code_id: int, token: str, purpose: CodePurpose, typed: str) -> Verdict:
    """Compare what was typed; a right code is used up, a wrong try is counted, whatever happens afterwards."""
    now = timezone.now()
    usable = Q(used_at=None, expires_at__gt=now, tries__lt=TRIES, purpose=purpose, binding=_binding(token))
    # Counted before it is compared: tries at the same moment cannot share one.
    if not PhoneCode.objects.filter(usable, pk=code_id).update(tries=F("tries") + 1):
        return Verdict.OVER
    code = PhoneCode.objects.get(pk=code_id)
    if constant_time_compare(code_of(code), typed):
        used = PhoneCode.objects.filter(pk=code_id, used_at=None).update(used_at=now)
        return Verdict.RIGHT if used else Verdict.OVER
    return Verdict.OVER if code.tries >= TRIES else Verdict.WRONG


def deliver(*, code_id: int) -> bool:
    """Send one code unless it was sent, is too old, or another worker has it; return whether it went out now."""
    with transaction.atomic():
        code = PhoneCode.objects.select_for_update().filter(_pending(), pk=code_id).first()
        if code is None:
            return False
        code.sendings += 1
        code.claimed_at = timezone.now()
        code.save(update_fields=("sendings", "claimed_at"))
    with translation.override(code.language):
        text = gettext("Puente: your code is %(code)s. It is good for 10 minutes. Give it to nobody.")
    try:
        current_gateway().send(to=code.e164, text=text % {"code": code_of(code)}, reference=f"code-{code.pk}")
    except GatewayError as error:
        logger.warning("Code %d was not sent: %s", code.pk, error)
        if not error.again:
            PhoneCode.objects.filter(pk=code_id).update(sendings=SENDINGS)
        return False
    PhoneCode.objects.filter(pk=code_id).update(sent_at=timezone.now())
    return True


def _pending() -> Q:
    """Not sent, still of use, and not in the hands of another worker (one that was killed loses its claim)."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - IN_FLIGHT)
    return free & Q(sent_at=None, used_at=None, expires_at__gt=now, sendings__lt=SENDINGS)


def pending_codes() -> list[int]:
    """Return the codes that wait to be sent."""
    return list(PhoneCode.objects.filter(_pending()).order_by("pk").values_list("pk", flat=True)[:200])


def forget_old_codes() -> int:
    """Delete codes that have been over for a day, and the numbers with them; return how many."""
    return PhoneCode.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()[0]
