"""Listing learners, their leave, and placements."""

import datetime

import pytest
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.core.errors import Conflict, InvalidInput, NotAllowed
from workforce.hiring.choices import PlacementSource
from workforce.hiring.models import Placement
from workforce.training.access import placements_of
from workforce.training.models import Enrolment
from workforce.training.services import Job, answer_enrolment, enrol, record_placement

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def cohort():
    return make.CohortFactory()


@pytest.fixture
def school(cohort):
    return cohort.programme.organization


@pytest.fixture
def counsellor(school):
    return make.MembershipFactory(organization=school, position=Position.COUNSELLOR).user


def test_a_learner_without_an_account_is_invisible_to_employers(cohort, counsellor):
    row = enrol(cohort=cohort, listed_name="Ana Soto", actor=counsellor)
    assert row.technician.user is None
    assert not row.technician.discoverable


def test_a_known_e_mail_waits_for_the_person_to_confirm(cohort, counsellor):
    person = make.TechnicianFactory()
    row = enrol(cohort=cohort, listed_name="Ana", listed_email=person.user.email.upper(), actor=counsellor)
    assert row.technician == person
    assert row.confirmed_at is None


def test_the_institute_cannot_tell_whether_an_e_mail_has_an_account(cohort, counsellor):
    person = make.TechnicianFactory()
    known = enrol(cohort=cohort, listed_name="A", listed_email=person.user.email, actor=counsellor)
    unknown = enrol(cohort=cohort, listed_name="B", listed_email="nadie@example.test", actor=counsellor)
    assert (known.state, known.confirmed_at) == (unknown.state, unknown.confirmed_at)


def test_the_same_e_mail_is_listed_once(cohort, counsellor):
    enrol(cohort=cohort, listed_name="A", listed_email="a@example.test", actor=counsellor)
    with pytest.raises(Conflict):
        enrol(cohort=cohort, listed_name="A", listed_email="A@example.test ", actor=counsellor)
    assert Enrolment.objects.count() == 1


def test_a_full_cohort_takes_nobody_more(cohort, counsellor):
    type(cohort).objects.filter(pk=cohort.pk).update(seats=1)
    cohort.refresh_from_db()
    enrol(cohort=cohort, listed_name="A", actor=counsellor)
    with pytest.raises(Conflict):
        enrol(cohort=cohort, listed_name="B", actor=counsellor)


@pytest.mark.parametrize("position", [Position.VIEWER, Position.RECRUITER])
def test_only_owners_and_counsellors_list_people(cohort, school, position):
    other = make.MembershipFactory(organization=school, position=position).user
    with pytest.raises(NotAllowed):
        enrol(cohort=cohort, listed_name="A", actor=other)


def test_a_placement_sent_twice_is_one(cohort, school, counsellor):
    row = enrol(cohort=cohort, listed_name="Ana", actor=counsellor)
    job = Job(hired_on=TODAY(), employer_name="Taller Luna")
    for _ in range(2):
        record_placement(enrolment=row, job=job, actor=counsellor)
    assert list(placements_of(school)) == [Placement.objects.get()]


@pytest.mark.parametrize(
    ("job", "field"),
    [
        (Job(hired_on=datetime.date(1990, 1, 1), employer_name="X"), "hired_on"),
        (Job(hired_on=datetime.date(2990, 1, 1), employer_name="X"), "hired_on"),
        (Job(hired_on=datetime.date(2026, 1, 1), employer_name="  "), "employer_name"),
        (Job(hired_on=datetime.date(2026, 1, 1), employer_name="X", base_pay=-1), "base_pay"),
    ],
)
def test_an_impossible_placement_is_refused_at_its_field(cohort, counsellor, job, field):
    row = enrol(cohort=cohort, listed_name="Ana", actor=counsellor)
    with pytest.raises(InvalidInput) as refused:
        record_placement(enrolment=row, job=job, actor=counsellor)
    assert field in refused.value.errors
    assert not Placement.objects.exists()


def hire_of(person):
    return make.PlacementFactory(technician=person, source=PlacementSource.HIRE, recorded_for=None)


def test_a_hire_is_seen_only_while_the_person_agrees(cohort, school, counsellor):
    person = make.TechnicianFactory()
    row = enrol(cohort=cohort, listed_name="Ana", listed_email=person.user.email, actor=counsellor)
    hire = hire_of(person)
    assert not placements_of(school).exists()
    answer_enrolment(enrolment=row, actor=person.user, share_outcomes=True)
    assert list(placements_of(school)) == [hire]
    answer_enrolment(enrolment=row, actor=person.user, share_outcomes=False)
    assert not placements_of(school).exists()


def test_another_institute_sees_nothing(cohort, school, counsellor):
    person = make.TechnicianFactory()
    row = enrol(cohort=cohort, listed_name="Ana", listed_email=person.user.email, actor=counsellor)
    answer_enrolment(enrolment=row, actor=person.user, share_outcomes=True)
    record_placement(enrolment=row, job=Job(hired_on=TODAY(), employer_name="X"), actor=counsellor)
    other = make.EnrolmentFactory(technician=person).cohort.programme.organization
    hire_of(person)
    assert not placements_of(other).exists()


def test_nobody_agrees_for_another_person(cohort, counsellor):
    person = make.TechnicianFactory()
    row = enrol(cohort=cohort, listed_name="Ana", listed_email=person.user.email, actor=counsellor)
    with pytest.raises(NotAllowed):
        answer_enrolment(enrolment=row, actor=counsellor, share_outcomes=True)


def test_neither_counts_nor_placements_tell_whether_an_e_mail_has_an_account(cohort, school, counsellor):
    other = make.CohortFactory(programme=cohort.programme)
    addresses = (make.TechnicianFactory().user.email, "nadie@example.test")
    for email in addresses:
        first, second = (
            enrol(cohort=one, listed_name="Ana", listed_email=email, actor=counsellor) for one in (cohort, other)
        )
        assert first.technician == second.technician
    learners = Enrolment.objects.of_organization(school).values("technician")
    assert learners.distinct().count() == len(addresses)


def test_two_addresses_of_one_account_are_two_learners(cohort, counsellor):
    user = make.TechnicianFactory().user
    first = enrol(cohort=cohort, listed_name="Ana", listed_email=user.email, actor=counsellor)
    user.email = "nueva@example.test"
    user.save()
    second = enrol(cohort=cohort, listed_name="Ana", listed_email=user.email, actor=counsellor)
    assert first.technician != second.technician
    assert second.technician.user is None
