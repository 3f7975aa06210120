"""Silence has an end: whoever does not answer is reminded twice, and then the application ends by itself.

Days are those of the calendar of the plant, from ``HOUR`` in the morning there, so that nobody is written to at night
and a day of 23 or 25 hours is a day. What is due is found by one instant for each time zone, which an index serves.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from workforce.employers.choices import TimeZone
from workforce.hiring.choices import ApplicationState, SilenceStage
from workforce.hiring.events import silence_told
from workforce.hiring.models import Application
from workforce.hiring.services import move_application

HOUR = 9
BATCH = 100
Batch = list[Application]


def ends_on(application: Application) -> datetime.date:
    """Return the day, at the plant, on which an application ends by itself unless somebody moves it before."""
    zone = ZoneInfo(application.role.plant.time_zone)
    since = timezone.localtime(application.quiet_since, zone).date()
    return since + datetime.timedelta(days=settings.HIRING_EXPIRE_DAYS)


def quiet_before(days: int, zone: ZoneInfo, now: datetime.datetime) -> datetime.datetime:
    """Return the instant before which the last move of an application must lie for ``days`` to have passed at ``now``.

    The day counts from ``HOUR`` in the morning; the clock change in between makes no difference to the day.
    """
    here = timezone.localtime(now, zone)
    today = here.date() if here.hour >= HOUR else here.date() - datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(today - datetime.timedelta(days=days - 1), datetime.time(), zone)
    return midnight.astimezone(datetime.UTC)


def end_silence() -> dict[str, int]:
    """Expire what has been silent for too long, then remind of the rest; return how many of each.

    Works in batches of locked rows, each a transaction that also holds the messages: killed anywhere and run again,
    or run twice at once, nothing is left out and nothing is doubled.
    """
    stages: tuple[tuple[SilenceStage, int, Callable[[Batch], None]], ...] = (
        (SilenceStage.EXPIRED, settings.HIRING_EXPIRE_DAYS, _expire),
        (SilenceStage.LAST_REMINDER, settings.HIRING_LAST_REMINDER_DAYS, lambda rows: _remind(rows, 2)),
        (SilenceStage.REMINDER, settings.HIRING_REMIND_DAYS, lambda rows: _remind(rows, 1)),
    )
    return {str(stage.value): _in_batches(stage, days, act) for stage, days, act in stages}


def _in_batches(stage: SilenceStage, days: int, act: Callable[[Batch], None]) -> int:
    return sum(_one_zone(stage, days, act, ZoneInfo(name)) for name in TimeZone.values)


def _one_zone(stage: SilenceStage, days: int, act: Callable[[Batch], None], zone: ZoneInfo) -> int:
    done = 0
    while rows := _one_batch(stage, days, act, zone):
        done += rows
    return done


@transaction.atomic
def _one_batch(stage: SilenceStage, days: int, act: Callable[[Batch], None], zone: ZoneInfo) -> int:
    """Do one batch and tell the employers of it; return how many there were."""
    now = timezone.now()
    due = _silent(stage).filter(role__plant__time_zone=zone.key, quiet_since__lt=quiet_before(days, zone, now))
    # Rows that somebody is moving at this moment are left to them.
    locked = due.select_for_update(of=("self",), skip_locked=True).order_by("quiet_since", "pk")
    rows: Batch = list(locked.select_related("role__organization", "role__plant", "technician")[:BATCH])
    act(rows)
    today = timezone.localtime(now, zone).date()
    for role_id in sorted({row.role_id for row in rows}):
        silence_told.send(sender=Application, role_id=role_id, stage=stage, day=today)
    return len(rows)


def _silent(stage: SilenceStage) -> QuerySet[Application]:
    """Those that a stage may still concern; not of people who wait to be erased, whom nobody can answer."""
    rows: QuerySet[Application] = Application.objects.live().shown()
    if stage is SilenceStage.EXPIRED:
        return rows
    return rows.filter(reminders__lt=2 if stage is SilenceStage.LAST_REMINDER else 1)


def _expire(rows: Batch) -> None:
    for row in rows:
        move_application(application=row, to_state=ApplicationState.EXPIRED, actor=None)


def _remind(rows: Batch, number: int) -> None:
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(reminders=number)
