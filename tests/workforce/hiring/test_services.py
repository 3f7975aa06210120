"""Applying, answering, hiring."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, StaleRevision
from workforce.employers.choices import RoleState
from workforce.hiring.choices import ApplicationState, PlacementSource, RefusalReason
from workforce.hiring.events import application_changed
from workforce.hiring.models import Application, Placement
from workforce.hiring.services import Hire, apply_to_role, move_application
from workforce.technicians.choices import GrantScope, TechnicianState
from workforce.technicians.models import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make.TechnicianFactory()


@pytest.fixture
def role():
    return make.RoleFactory()


@pytest.fixture
def recruiter(role):
    return make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user


@pytest.fixture
def application(person, role):
    return apply_to_role(technician=person, role=role, actor=person.user, message="Hola")


def contact_grants(application):
    return Grant.objects.in_force().filter(technician=application.technician, scope=GrantScope.CONTACT)


def test_applying_lets_the_employer_see_who_it_is(application, role):
    assert application.state == ApplicationState.NEW
    assert [grant.organization for grant in contact_grants(application)] == [role.organization]
    assert [event.to_state for event in application.events.all()] == ["new"]


def test_a_second_click_finds_the_first_application(application, person, role):
    again = apply_to_role(technician=person, role=role, actor=person.user)
    assert again.pk == application.pk
    assert application.events.count() == 1


def test_nobody_applies_for_another_person(person, role, recruiter):
    with pytest.raises(NotAllowed):
        apply_to_role(technician=person, role=role, actor=recruiter)
    assert not Application.objects.exists()


@pytest.mark.parametrize("change", [{"state": RoleState.CLOSED}, {"closes_at": datetime.date(2020, 1, 1)}])
def test_a_closed_role_takes_no_applications(person, role, change):
    type(role).objects.filter(pk=role.pk).update(**change)
    with pytest.raises(Conflict):
        apply_to_role(technician=person, role=role, actor=person.user)


def test_a_paused_profile_does_not_apply(person, role):
    person.state = TechnicianState.PAUSED
    with pytest.raises(Conflict):
        apply_to_role(technician=person, role=role, actor=person.user)


def test_withdrawing_hides_the_contact_again_and_applying_again_shows_it(application, person, role):
    move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=person.user)
    assert not contact_grants(application).exists()
    again = apply_to_role(technician=person, role=role, actor=person.user, message="Otra vez")
    assert (again.pk, again.state, again.message) == (application.pk, ApplicationState.NEW, "Otra vez")
    assert contact_grants(application).exists()


def test_a_refusal_needs_a_reason_and_changes_nothing_without(application, recruiter):
    with pytest.raises(InvalidInput):
        move_application(application=application, to_state=ApplicationState.REFUSED, actor=recruiter)
    application.refresh_from_db()
    assert application.state == ApplicationState.NEW
    assert application.answered_at is None


def test_a_refusal_keeps_reason_and_answer(application, recruiter):
    row = move_application(
        application=application,
        to_state=ApplicationState.REFUSED,
        actor=recruiter,
        reason=RefusalReason.SHIFT,
        answer="Gracias",
    )
    assert (row.refusal_reason, row.answer) == (RefusalReason.SHIFT, "Gracias")
    assert row.answered_at is not None


def test_a_hire_is_a_placement(application, recruiter, role):
    hire = Hire(hired_on=timezone.localdate(), base_pay=Decimal("4200.00"))
    move_application(application=application, to_state=ApplicationState.HIRED, actor=recruiter, hire=hire)
    placement = Placement.objects.get()
    assert placement.source == PlacementSource.HIRE
    assert (placement.technician, placement.employer, placement.base_pay) == (
        application.technician,
        role.organization,
        Decimal("4200.00"),
    )


@pytest.mark.parametrize("day", [datetime.date(1999, 12, 31), datetime.date(2999, 1, 1)])
def test_an_impossible_first_day_leaves_the_application_where_it_was(application, recruiter, day):
    with pytest.raises(InvalidInput):
        move_application(
            application=application, to_state=ApplicationState.HIRED, actor=recruiter, hire=Hire(hired_on=day)
        )
    application.refresh_from_db()
    assert application.state == ApplicationState.NEW
    assert not Placement.objects.exists()


def test_the_same_move_twice_is_one(application, recruiter):
    for _ in range(2):
        move_application(application=application, to_state=ApplicationState.HIRED, actor=recruiter)
    assert Placement.objects.count() == 1
    assert application.events.count() == 2


def test_an_end_is_an_end(application, recruiter, person):
    move_application(application=application, to_state=ApplicationState.HIRED, actor=recruiter)
    with pytest.raises(Conflict):
        move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=person.user)


def test_an_answer_to_an_old_copy_is_refused(application, recruiter):
    seen = application.revision
    move_application(
        application=application, to_state=ApplicationState.REVIEWING, actor=recruiter, expected_revision=seen
    )
    with pytest.raises(StaleRevision):
        move_application(
            application=application, to_state=ApplicationState.INTERVIEW, actor=recruiter, expected_revision=seen
        )


@pytest.mark.parametrize("position", [Position.VIEWER, Position.COUNSELLOR])
def test_members_who_only_look_cannot_answer(application, role, position):
    member = make.MembershipFactory(organization=role.organization, position=position).user
    with pytest.raises(NotAllowed):
        move_application(application=application, to_state=ApplicationState.REVIEWING, actor=member)


def test_others_are_told_of_each_move(application, recruiter):
    heard = []

    def listen(application_id, from_state, to_state, **kwargs):
        heard.append((application_id, from_state, to_state))

    application_changed.connect(listen)
    try:
        move_application(application=application, to_state=ApplicationState.REVIEWING, actor=recruiter)
    finally:
        application_changed.disconnect(listen)
    assert heard == [(application.pk, "new", "reviewing")]
