"""Two at once, on whichever database the suite runs: SQLite lets writers wait in turn, PostgreSQL locks rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from tests import factories as make
from tests.threads import at_once
from workforce.accounts.choices import Position
from workforce.core.errors import Conflict
from workforce.core.invariants import check_invariants
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.employers.services import close_role, save_role
from workforce.hiring import silence
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import Application, Placement
from workforce.hiring.services import apply_to_role, move_application
from workforce.notifications.models import Notification

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _invariants_hold_afterwards() -> Iterator[None]:
    """Whatever was done at once, what must be true of the rows is true."""
    yield
    assert [finding.invariant.name for finding in check_invariants() if finding.count] == []


class House:
    """A role with its recruiter and people who applied."""

    def __init__(self, openings: int, people: int) -> None:
        self.role: Role = make.RoleFactory(openings=openings)
        place = make.MembershipFactory(organization=self.role.organization, position=Position.RECRUITER)
        self.recruiter = place.user
        self.applications = [self.applied() for _ in range(people)]

    def applied(self) -> Application:
        """Somebody new applies."""
        person = make.TechnicianFactory()
        return apply_to_role(technician=person, role=self.role, actor=person.user)

    def moving(self, application: Application, to_state: str) -> Callable[[], Application]:
        """A click that moves an application."""
        return lambda: move_application(application=application, to_state=to_state, actor=self.recruiter)


def test_of_many_for_the_last_openings_never_more_are_hired() -> None:
    house = House(openings=2, people=6)
    results = at_once([house.moving(row, S.HIRED) for row in house.applications])
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in refused] == [Conflict] * 4, results
    assert {error.code for error in refused} == {"role_full"}
    house.role.refresh_from_db()
    assert (house.role.hired, house.role.state) == (2, RoleState.CLOSED)
    assert (Application.objects.filter(state=S.HIRED).count(), Placement.objects.count()) == (2, 2)
    assert Notification.objects.filter(kind="role_full").count() == 4


def test_a_double_click_on_hire_is_one_hire() -> None:
    house = House(openings=5, people=1)
    results = at_once([house.moving(house.applications[0], S.HIRED)] * 4)
    assert all(isinstance(result, Application) and result.state == S.HIRED for result in results), results
    house.role.refresh_from_db()
    assert (house.role.hired, Placement.objects.count(), house.applications[0].events.count()) == (1, 1, 2)


def test_taking_back_twice_at_once_frees_one_place() -> None:
    house = House(openings=2, people=2)
    for row in house.applications:
        house.moving(row, S.HIRED)()
    results = at_once([house.moving(house.applications[0], S.REVIEWING)] * 4)
    assert all(isinstance(result, Application) for result in results), results
    house.role.refresh_from_db()
    assert (house.role.hired, Placement.objects.count()) == (1, 1)


def test_a_hire_and_a_lower_number_of_openings_at_once() -> None:
    house = House(openings=3, people=3)
    house.moving(house.applications[0], S.HIRED)()

    def lower() -> Role:
        return save_role(actor=None, organization=house.role.organization, role=house.role, values={"openings": 1})

    at_once([lower, *(house.moving(row, S.HIRED) for row in house.applications[1:])])
    house.role.refresh_from_db()
    hires = Application.objects.filter(state=S.HIRED).count()
    assert house.role.hired == hires <= house.role.openings
    assert house.role.state == (RoleState.CLOSED if hires == house.role.openings else RoleState.PUBLISHED)


def test_who_hires_while_the_person_withdraws_gets_one_of_the_two() -> None:
    house = House(openings=1, people=1)
    row = house.applications[0]
    person = row.technician.user

    def withdraw() -> Application:
        return move_application(application=row, to_state=S.WITHDRAWN, actor=person)

    results = at_once([withdraw, house.moving(row, S.HIRED)])
    assert sorted(type(result).__name__ for result in results) == ["Application", "Conflict"]
    row.refresh_from_db()
    house.role.refresh_from_db()
    assert house.role.hired == Placement.objects.count() == int(row.state == S.HIRED)


def test_whoever_applies_while_the_role_closes_is_told_or_refused() -> None:
    house = House(openings=1, people=0)
    people = make.TechnicianFactory.create_batch(3)

    def applying(person: object) -> Callable[[], Application]:
        return lambda: apply_to_role(technician=person, role=house.role, actor=person.user)  # type: ignore[attr-defined,arg-type]

    at_once([lambda: close_role(role=house.role), *(applying(person) for person in people)])
    assert Notification.objects.filter(kind="role_closed").count() == Application.objects.count()


def test_the_clock_running_twice_at_once_ends_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "BATCH", 3)
    house = House(openings=9, people=8)
    Application.objects.update(quiet_since=timezone.now() - datetime.timedelta(days=30))
    results = at_once([silence.end_silence] * 3)
    assert sum(result["expired"] for result in results) == 8, results
    assert Application.objects.filter(state=S.EXPIRED).count() == 8
    assert all(row.events.count() == 2 for row in house.applications)
    assert Notification.objects.filter(kind="application_expired").count() == 8
    assert Notification.objects.filter(kind="applications_expired").count() == 1


def test_an_answer_and_the_clock_at_once_are_one_of_the_two() -> None:
    house = House(openings=1, people=2)
    Application.objects.update(quiet_since=timezone.now() - datetime.timedelta(days=30))
    results = at_once([silence.end_silence, *(house.moving(row, S.INTERVIEW) for row in house.applications)])
    moved = [result for result in results[1:] if isinstance(result, Application)]
    assert all(isinstance(result, Application | Conflict) for result in results[1:]), results
    assert results[0]["expired"] == 2 - len(moved)
    assert Application.objects.filter(state=S.INTERVIEW).count() == len(moved)
    assert all(row.events.count() == 2 for row in house.applications)
