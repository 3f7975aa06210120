"""Summaries: at 08:00 on the person's own clock, what waits goes out in one mail, once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from workforce.notifications.choices import Cadence, Channel, DeliveryState, Zone
from workforce.notifications.kicks import kick_after_commit
from workforce.notifications.models import Clock, Delivery

HOUR = time(8)
LATEST = time(21)
"""After an outage, what is late goes out until then, and not in the night."""


@dataclass(frozen=True)
class Morning:
    """The day whose summary is due in a zone, and up to when it reaches for daily and weekly news."""

    day: date
    daily: datetime
    weekly: datetime

    @property
    def waiting(self) -> Q:
        """Deliveries that belong to this summary."""
        return Q(cadence=Cadence.DAILY, created_at__lt=self.daily) | Q(
            cadence=Cadence.WEEKLY, created_at__lt=self.weekly
        )


def morning(zone: str, now: datetime) -> Morning | None:
    """Return today's morning in ``zone``, or None before 08:00 and at night.

    Computed on the wall clock of the zone: 08:00 stays 08:00 on the days when the clocks change.
    """
    clock = ZoneInfo(zone)
    local = now.astimezone(clock)
    if not HOUR <= local.time() < LATEST:
        return None
    today = local.date()
    monday = today - timedelta(days=today.weekday())
    return Morning(today, datetime.combine(today, HOUR, tzinfo=clock), datetime.combine(monday, HOUR, tzinfo=clock))


def gather_all(now: datetime | None = None) -> int:
    """Make the summaries that are due and return how many; running it again, also at the same time, makes no more."""
    now = now or timezone.now()
    made = 0
    for zone in Zone.values:
        if (when := morning(zone, now)) is not None:
            made += sum(gather(user_id=pk, when=when) for pk in _people(zone, when))
    return made


def _people(zone: str, when: Morning) -> list[int]:
    """Those of a zone for whom something waits and who had no summary today."""
    elsewhere = Clock.objects.exclude(zone=zone) if zone == Zone.JUAREZ else Clock.objects.filter(zone=zone)
    rows = Delivery.objects.to_gather().filter(when.waiting, channel=Channel.EMAIL)
    users = elsewhere.values("user_id")
    rows = rows.exclude(user_id__in=users) if zone == Zone.JUAREZ else rows.filter(user_id__in=users)
    had = Delivery.objects.filter(day=when.day, channel=Channel.EMAIL).values("user_id")
    return list(rows.exclude(user_id__in=had).order_by("user_id").values_list("user_id", flat=True).distinct())


@transaction.atomic
def gather(*, user_id: int, when: Morning) -> bool:
    """Put what waits for one person into one mail; False when there is one for that day already."""
    # The unique row makes a second worker wait for the first, and then find it.
    digest, made = Delivery.objects.get_or_create(user_id=user_id, channel=Channel.EMAIL, day=when.day)
    if not made:
        return False
    rows = Delivery.objects.to_gather().filter(when.waiting, user_id=user_id, channel=Channel.EMAIL)
    if not rows.update(state=DeliveryState.GATHERED, digest=digest, updated_at=timezone.now()):
        digest.delete()
        return False
    kick_after_commit()
    return True
