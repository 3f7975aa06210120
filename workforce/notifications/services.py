"""Telling people, and what they do with it. Each function is one use-case in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.core.errors import InvalidInput
from workforce.notifications.choices import Cadence, Category, Channel, DeliveryState, Zone
from workforce.notifications.kicks import kick_after_commit
from workforce.notifications.models import Clock, Delivery, Notification, Preference
from workforce.notifications.preferences import FIXED, cadences, cadences_of
from workforce.notifications.registry import KINDS


@transaction.atomic
def notify(*, user_ids: Iterable[int], kind: str, params: Mapping[str, Any], dedupe_key: str, url: str = "") -> int:
    """Tell people something, once; return how many were told now. Call it inside the transaction of what happened.

    The messages that go out are written with it; a second call with one ``dedupe_key``, also at the same moment,
    tells nobody again. Raises ValueError or TypeError for params that the kind does not take.
    """
    what = KINDS[kind]
    what.check(params)
    ids = sorted(set(user_ids))
    mine = Notification.objects.filter(user_id__in=ids, dedupe_key=dedupe_key)
    told = set(mine.values_list("user_id", flat=True))
    new = [
        Notification(user_id=pk, kind=kind, params=dict(params), dedupe_key=dedupe_key, url=url)
        for pk in ids
        if pk not in told
    ]
    if not new:
        return 0
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    _write_deliveries(mine.exclude(user_id__in=told), what.category)
    return len(new)


def _write_deliveries(notifications: Any, category: str) -> None:
    """Put into the outbox what each person wants to get by a channel."""
    rows = list(notifications.values_list("pk", "user_id"))
    when = cadences([user_id for _pk, user_id in rows], category)
    # Those that have no address are left out here, and looked at again when it is sent.
    mailed = set(
        User.objects.filter(pk__in=[user_id for _pk, user_id in rows], is_active=True, email__isnull=False)
        .exclude(email="")
        .values_list("pk", flat=True)
    )
    deliveries = [
        Delivery(notification_id=pk, user_id=user_id, channel=channel, cadence=cadence)
        for pk, user_id in rows
        for channel in Channel.values
        if (cadence := when[user_id, channel]) != Cadence.NEVER and (channel != Channel.EMAIL or user_id in mailed)
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    if any(delivery.cadence == Cadence.NOW for delivery in deliveries):
        kick_after_commit()


def mark_read(*, user: User, notification_id: int) -> bool:
    """Mark one of the person's own as read; return whether it was not."""
    rows = Notification.objects.of(user).unread().filter(pk=notification_id)
    return bool(rows.update(read_at=timezone.now()))


def mark_all_read(*, user: User, up_to: int) -> int:
    """Mark as read what the person has seen, the newest of which is ``up_to``; what came later stays."""
    return int(Notification.objects.of(user).unread().filter(pk__lte=up_to).update(read_at=timezone.now()))


@transaction.atomic
def save_preferences(*, user: User, choices: Mapping[tuple[str, str], str], zone: str | None = None) -> None:
    """Keep when the person wants each category by each channel, and their clock; what waits follows the new choice.

    Raises ``InvalidInput`` for what there is no choice about, or no such choice.
    """
    for (category, channel), cadence in choices.items():
        if category in FIXED:
            raise InvalidInput("cannot_be_off", _("What concerns the security of your account is always sent."))
        if category not in Category.values or channel not in Channel.values or cadence not in Cadence.values:
            raise InvalidInput("unknown_choice", _("There is no such choice."))
        if channel == Channel.SMS and cadence not in (Cadence.NOW, Cadence.NEVER):
            raise InvalidInput("no_summary_by_sms", _("Text messages are sent at once or not at all."))
        Preference.objects.update_or_create(
            user=user, category=category, channel=channel, defaults={"cadence": cadence}
        )
        _follow(user.pk, category, channel, cadence)
    if zone is not None:
        if zone not in Zone.values:
            raise InvalidInput("unknown_choice", _("There is no such choice."))
        Clock.objects.update_or_create(user=user, defaults={"zone": zone})


def _follow(user_id: int, category: str, channel: str, cadence: str) -> None:
    """Let what has not gone out yet follow a changed choice: somebody who said "never" gets nothing more."""
    kinds = [kind.name for kind in KINDS.values() if kind.category == category]
    waiting = Delivery.objects.filter(
        user_id=user_id, channel=channel, state=DeliveryState.PENDING, notification__kind__in=kinds
    )
    if cadence == Cadence.NEVER:
        waiting.update(state=DeliveryState.SKIPPED, last_error="not wanted")
    else:
        waiting.exclude(cadence=cadence).update(cadence=cadence)
        if cadence == Cadence.NOW:
            kick_after_commit()


SUMMARY = "summary"


def unsubscribe(*, user: User, what: str) -> None:
    """Turn off the mails of a category, or of everything that comes in summaries; twice is the same as once."""
    if what == SUMMARY:
        off = [pair for pair, cadence in cadences_of(user.pk).items() if cadence in (Cadence.DAILY, Cadence.WEEKLY)]
    else:
        off = [(what, str(Channel.EMAIL))]
    save_preferences(user=user, choices=dict.fromkeys(off, Cadence.NEVER))


@transaction.atomic
def try_again(*, delivery_ids: Iterable[int]) -> int:
    """Send again what had failed for good: staff have mended the cause. Return how many."""
    rows = Delivery.objects.filter(pk__in=list(delivery_ids), state=DeliveryState.FAILED)
    count = rows.update(state=DeliveryState.PENDING, tries=0, next_try_at=timezone.now(), cadence=Cadence.NOW)
    if count:
        kick_after_commit()
    return int(count)
