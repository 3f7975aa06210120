"""Summaries: one mail in the morning of the person's own clock, once, also when clocks change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from tests import factories as make
from tests.workforce.notifications.making import waiting
from workforce.notifications import outbox
from workforce.notifications.choices import Cadence, Zone
from workforce.notifications.digests import gather_all, morning
from workforce.notifications.models import Clock, Delivery

pytestmark = pytest.mark.django_db
JUAREZ, DENVER = ZoneInfo("America/Ciudad_Juarez"), ZoneInfo("America/Denver")
TUESDAY = datetime(2026, 11, 24, 8, 5, tzinfo=JUAREZ)


def test_what_waits_comes_in_one_mail_once() -> None:
    user = make.UserFactory(email="ana@example.test")
    rows = [waiting(user, key, TUESDAY - timedelta(hours=hours)) for key, hours in (("a", 3), ("b", 20))]
    late = waiting(user, "c", TUESDAY)
    assert gather_all(TUESDAY) == 1
    assert gather_all(TUESDAY + timedelta(minutes=15)) == 0
    assert outbox.send_due() == 1
    assert len(mail.outbox) == 1
    for row in (*rows, late):
        row.refresh_from_db()
    assert [row.state for row in rows] == ["gathered", "gathered"]
    assert late.state == "pending"


def test_nothing_is_gathered_at_night() -> None:
    waiting(make.UserFactory(), "a", TUESDAY - timedelta(hours=3))
    assert gather_all(TUESDAY.replace(hour=7, minute=59)) == 0
    assert gather_all(TUESDAY.replace(hour=23)) == 0


def test_a_weekly_summary_comes_on_monday() -> None:
    waiting(make.UserFactory(), "a", TUESDAY - timedelta(minutes=1), Cadence.WEEKLY)
    monday = TUESDAY + timedelta(days=6)
    assert gather_all(TUESDAY + timedelta(days=1)) == 0
    assert gather_all(monday) == 1


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 1)])
@pytest.mark.parametrize(("zone", "clock"), [(Zone.JUAREZ, JUAREZ), (Zone.DENVER, DENVER)])
def test_eight_is_eight_when_the_clocks_change(day: date, zone: str, clock: ZoneInfo) -> None:
    at_eight = datetime(day.year, day.month, day.day, 8, 0, tzinfo=clock)
    found = morning(zone, at_eight.astimezone(ZoneInfo("UTC")))
    assert found is not None
    assert (found.day, found.daily) == (day, at_eight)
    assert morning(zone, (at_eight - timedelta(minutes=1)).astimezone(ZoneInfo("UTC"))) is None


def test_each_person_has_their_own_clock() -> None:
    here, there = make.UserFactory(), make.UserFactory()
    Clock.objects.create(user=there, zone=Zone.DENVER)
    for user in (here, there):
        waiting(user, f"k{user.pk}", TUESDAY - timedelta(hours=2))
    gather_all(TUESDAY)
    summaries = set(Delivery.objects.filter(day__isnull=False).values_list("user_id", "day"))
    assert (here.pk, TUESDAY.date()) in summaries
    assert (there.pk, TUESDAY.astimezone(DENVER).date()) in summaries
