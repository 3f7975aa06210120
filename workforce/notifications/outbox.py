"""The outbox: claim, send, write down what came of it.

A delivery is claimed for a while and sent outside of any transaction, so no two workers send one at the same time and
no row is locked while a mail server thinks. The claim of a worker that is killed between sending and writing it down
runs out, and then it is sent again. At least once and not at most once: an interview that nobody hears of is worse than
a mail that comes twice, and the second one bears the same Message-ID, by which mail programs know it.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from workforce.core.faults import told
from workforce.notifications.channels.email import EmailSender
from workforce.notifications.channels.sms import SmsSender
from workforce.notifications.choices import Channel, DeliveryState
from workforce.notifications.models import Delivery
from workforce.notifications.outcomes import NotNeeded, Refused, Sender, ServerAway

logger = logging.getLogger(__name__)
CLAIM = timedelta(minutes=10)
"""Longer than a mail server may take (EMAIL_TIMEOUT for each of a handful of answers)."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
MAX_TRIES = len(WAITS) + 1
AWAY = timedelta(minutes=1)
RUN = 500
"""Deliveries of one run; a worker has other things to do, too."""
SENDERS: dict[str, type[EmailSender] | type[SmsSender]] = {Channel.EMAIL: EmailSender, Channel.SMS: SmsSender}


def send_due(limit: int = RUN) -> int:
    """Send what is due, one by one, and return how many went out; several workers may do so at once."""
    senders: dict[str, Sender] = {channel: sender() for channel, sender in SENDERS.items()}
    away: set[str] = set()
    sent = 0
    try:
        for _turn in range(limit):
            delivery = claim(without=away)
            if delivery is None:
                break
            sent += _send(delivery, senders[delivery.channel], away)
    finally:
        for sender in senders.values():
            sender.close()
    return sent


@transaction.atomic
def claim(without: set[str] | frozenset[str] = frozenset()) -> Delivery | None:
    """Take the next delivery that is due, for as long as ``CLAIM``; None when there is none.

    ``without`` names channels to leave alone.
    """
    now = timezone.now()
    skip = connection.features.has_select_for_update_skip_locked  # SQLite has one writer anyway
    due = Delivery.objects.due(now).exclude(channel__in=without).order_by("next_try_at", "pk")
    while True:
        row: Delivery | None = due.select_for_update(skip_locked=skip).first()
        if row is None:
            return None
        if row.tries < MAX_TRIES:
            break
        # Its worker ended while it was being sent, each time: it must not end all the others.
        _write(row, state=DeliveryState.FAILED, last_error=row.last_error or "workers ended while sending it")
    _write(row, state=DeliveryState.SENDING, tries=row.tries + 1, locked_until=now + CLAIM)
    return Delivery.objects.select_related("user", "notification").get(pk=row.pk)


def _write(row: Delivery, **values: object) -> None:
    Delivery.objects.filter(pk=row.pk).update(**values, updated_at=timezone.now())


def _send(delivery: Delivery, sender: Sender, away: set[str]) -> int:
    """Send one that is claimed; return 1 if it went out. Never raises."""
    try:
        number = sender.send(delivery)
    except NotNeeded as reason:
        settle(delivery, state=DeliveryState.SKIPPED, last_error=str(reason))
    except Refused as error:
        settle(delivery, state=DeliveryState.FAILED, last_error=str(error))
    except ServerAway as error:
        # All wait together, and none comes nearer to its last try.
        away.add(delivery.channel)
        logger.warning("No server for %s: %s", delivery.channel, error)
        later = timezone.now() + AWAY
        settle(
            delivery,
            state=DeliveryState.PENDING,
            tries=F("tries") - 1,
            next_try_at=later,
            last_error=f"server away: {error}",
        )
    except Exception as error:  # whatever a server or a template does: the others are sent
        logger.warning("Delivery %s was not sent: %s.", delivery.ref, told(error))
        _later(delivery, error)
    else:
        done = {"state": DeliveryState.SENT, "sent_at": timezone.now(), "provider_id": number[:120], "last_error": ""}
        settle(delivery, **done)
        return 1
    return 0


def _later(delivery: Delivery, error: Exception) -> None:
    """Wait longer after each failure; after the last one staff look at it."""
    # The class only: what a server answers may hold the address, and logs and this table outlive an account.
    name = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
    if delivery.tries >= MAX_TRIES:
        settle(delivery, state=DeliveryState.FAILED, last_error=name)
    else:
        wait = WAITS[delivery.tries - 1]
        settle(delivery, state=DeliveryState.PENDING, next_try_at=timezone.now() + wait, last_error=name)


def settle(delivery: Delivery, **values: object) -> bool:
    """Write down what came of a claim; False, and nothing is written, when it ran out and somebody else has it now."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, locked_until=delivery.locked_until)
    return bool(mine.update(**values, locked_until=None, updated_at=timezone.now()))
