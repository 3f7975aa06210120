"""Silence has an end: by the calendar of the plant, over the change of the clock, once and not twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.workforce.hiring.clock import DENVER, JUAREZ, Clock, applied, role_in
from workforce.accounts.models import Membership
from workforce.hiring import silence, tasks
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import Application
from workforce.hiring.services import move_application
from workforce.notifications.models import Notification
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Grant, Technician

pytestmark = pytest.mark.django_db
NOTHING = {"expired": 0, "last_reminder": 0, "reminder": 0}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def kinds() -> list[str]:
    """What was told since the application itself, in order."""
    told = Notification.objects.exclude(kind="application_received").order_by("pk")
    return list(told.values_list("kind", flat=True))


def recruiter_of(application: Application) -> Any:
    return Membership.objects.get(organization=application.role.organization).user


# In 2026 clocks go forward on 8 March and back on 1 November; each line: applied, one minute too early, in time.
DUE = [
    ("2026-02-20 23:59", "2026-03-13 08:59", "2026-03-13 09:00"),  # a day of 23 hours in between
    ("2026-02-15 00:00", "2026-03-08 08:59", "2026-03-08 09:00"),  # due on the day of 23 hours itself
    ("2026-03-08 23:30", "2026-03-29 08:59", "2026-03-29 09:00"),  # sent on that day
    ("2026-10-20 23:59", "2026-11-10 08:59", "2026-11-10 09:00"),  # a day of 25 hours in between
    ("2026-10-11 00:00", "2026-11-01 08:59", "2026-11-01 09:00"),  # due on the day of 25 hours itself
    ("2026-11-01 01:30", "2026-11-22 08:59", "2026-11-22 09:00"),  # sent in an hour that there was twice
    ("2026-06-01 12:00", "2026-06-22 08:59", "2026-06-22 09:00"),
]


@pytest.mark.parametrize("zone", [JUAREZ, DENVER])
@pytest.mark.parametrize(("sent", "early", "due"), DUE)
def test_it_ends_on_the_stated_day_of_the_plant(clock: Clock, zone: str, sent: str, early: str, due: str) -> None:
    clock.at(sent, zone)
    application = applied(role_in(zone))
    application.refresh_from_db()
    assert silence.ends_on(application).isoformat() == due[:10]
    clock.at(early, zone)
    silence.end_silence()
    application.refresh_from_db()
    assert application.state == S.NEW
    clock.at(due, zone)
    assert silence.end_silence() == NOTHING | {"expired": 1}
    application.refresh_from_db()
    assert application.state == S.EXPIRED


def test_the_hour_is_that_of_the_plant_and_not_of_the_server(clock: Clock) -> None:
    clock.at("2026-06-01 12:00")
    application = applied(role_in())
    clock.at("2026-06-22 16:59", "Europe/Madrid")  # 08:59 at the plant
    assert silence.end_silence()["expired"] == 0
    clock.at("2026-06-22 17:00", "Europe/Madrid")
    assert silence.end_silence() == NOTHING | {"expired": 1}
    application.refresh_from_db()
    assert application.state == S.EXPIRED


DAYS = [*((10, day) for day in range(20, 32)), *((11, day) for day in range(1, 14))]


def test_two_reminders_then_the_end_each_told_once(clock: Clock) -> None:
    clock.at("2026-10-20 18:00")
    application = applied(role_in())
    days = [f"2026-{month}-{day:02d} {hour}:10" for month, day in DAYS for hour in ("08", "09", "10", "21")]
    told = []
    for moment in days:
        clock.at(moment)
        before = len(kinds())
        tasks.end_silence()
        told += [(moment, kind) for kind in kinds()[before:]]
    assert told == [
        ("2026-10-27 09:10", "applications_wait"),
        ("2026-11-03 09:10", "applications_wait_last"),
        ("2026-11-10 09:10", "application_expired"),
        ("2026-11-10 09:10", "applications_expired"),
    ]
    last = application.events.order_by("pk").last()
    assert last is not None
    assert (last.from_state, last.to_state, last.side, last.actor) == (S.NEW, S.EXPIRED, "system", None)
    assert not Grant.objects.in_force().filter(source=f"application:{application.pk}").exists()


def test_a_move_begins_the_days_anew_and_an_end_stops_them(clock: Clock) -> None:
    clock.at("2026-10-01 12:00")
    moved, refused = (applied(role_in()) for _ in range(2))
    clock.at("2026-10-16 12:00")
    assert tasks.end_silence() == NOTHING | {"last_reminder": 2}
    move_application(application=moved, to_state=S.INTERVIEW, actor=recruiter_of(moved))
    move_application(application=refused, to_state=S.REFUSED, actor=recruiter_of(refused), reason="shift")
    clock.at("2026-10-22 12:00")
    assert tasks.end_silence() == NOTHING
    clock.at("2026-10-23 12:00")
    assert tasks.end_silence() == NOTHING | {"reminder": 1}
    clock.at("2026-11-06 12:00")
    assert tasks.end_silence() == NOTHING | {"expired": 1}
    moved.refresh_from_db()
    refused.refresh_from_db()
    assert (moved.state, refused.state) == (S.EXPIRED, S.REFUSED)


def test_after_an_outage_only_the_last_reminder_is_sent(clock: Clock) -> None:
    clock.at("2026-10-01 12:00")
    applied(role_in())
    clock.at("2026-10-17 12:00")
    assert tasks.end_silence() == NOTHING | {"last_reminder": 1}
    assert tasks.end_silence() == NOTHING


def test_a_hundred_to_one_role_are_one_reminder(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "BATCH", 2)
    clock.at("2026-10-01 12:00")
    role = role_in()
    for _ in range(5):
        applied(role)
    clock.at("2026-10-08 12:00")
    assert tasks.end_silence() == NOTHING | {"reminder": 5}
    assert kinds() == ["applications_wait"]


def test_killed_half_way_and_run_twice_nothing_is_doubled(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "BATCH", 2)
    clock.at("2026-10-01 12:00")
    role = role_in()
    for _ in range(5):
        applied(role)
    clock.at("2026-10-22 12:00")
    plain, moved = move_application, []

    def dies(**kwargs: Any) -> Application:
        moved.append(kwargs["application"].pk)
        if len(moved) == 4:  # in the middle of the second batch
            raise SystemExit
        return plain(**kwargs)

    monkeypatch.setattr(silence, "move_application", dies)
    with pytest.raises(SystemExit):
        tasks.end_silence()
    assert Application.objects.filter(state=S.EXPIRED).count() == 2
    monkeypatch.setattr(silence, "move_application", plain)
    for _run in range(2):
        tasks.end_silence()
    assert Application.objects.filter(state=S.EXPIRED).count() == 5
    assert sorted(kinds()) == ["application_expired"] * 5 + ["applications_expired"]
    assert sum(row.events.filter(to_state=S.EXPIRED).count() for row in Application.objects.all()) == 5


def test_who_waits_to_be_erased_is_left_alone(clock: Clock) -> None:
    clock.at("2026-10-01 12:00")
    application = applied(role_in())
    Technician.objects.filter(pk=application.technician_id).update(state=TechnicianState.BLOCKED)
    clock.at("2026-10-22 12:00")
    assert tasks.end_silence() == NOTHING


def test_the_person_reads_of_the_end_in_their_language(client: Any, clock: Clock) -> None:
    clock.at("2026-10-01 12:00")
    application = applied(role_in())
    client.force_login(application.technician.user)
    assert "22/10/2026" in client.get(reverse("my-applications")).content.decode()
    assert client.get(f"/api/v1/applications/{application.ref}/").json()["ends_on"] == "2026-10-22"
    clock.at("2026-10-22 12:00")
    tasks.end_silence()
    client.force_login(application.technician.user)  # the session is three weeks old
    assert client.get(f"/api/v1/applications/{application.ref}/").json()["ends_on"] is None
    for language, words in (("es", "terminó"), ("en", "has ended")):
        application.technician.user.language = language
        application.technician.user.save()
        assert words in client.get(reverse("inbox")).content.decode()


def test_finding_what_is_due_costs_the_same_for_many(clock: Clock) -> None:
    clock.at("2026-10-01 12:00")
    for _ in range(3):
        make.ApplicationFactory(role=role_in(), quiet_since=clock.now)
    clock.at("2026-10-04 12:00")
    with CaptureQueriesContext(connection) as few:
        tasks.end_silence()
    for _ in range(9):
        make.ApplicationFactory(role=role_in(), quiet_since=clock.now)
    with CaptureQueriesContext(connection) as many:
        tasks.end_silence()
    assert len(many) == len(few)


def test_the_stated_days_are_in_order() -> None:
    assert 0 < settings.HIRING_REMIND_DAYS < settings.HIRING_LAST_REMINDER_DAYS < settings.HIRING_EXPIRE_DAYS
