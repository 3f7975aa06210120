"""The institute's pages and the learner's."""

import datetime

import pytest
from django.urls import reverse

from tests import factories as make
from tests.budgets import assert_budget
from workforce.accounts.choices import Position
from workforce.hiring.models import Placement
from workforce.training.models import Cohort, Enrolment, Programme
from workforce.training.services import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.CohortFactory()


@pytest.fixture
def school(cohort):
    return cohort.programme.organization


@pytest.fixture
def counsellor(client, school):
    user = make.MembershipFactory(organization=school, position=Position.COUNSELLOR).user
    client.force_login(user)
    return user


def test_a_programme_in_one_language_is_enough(client, school, counsellor):
    skill = make.SkillFactory()
    data = {
        "name_es": "Soldadura básica",
        "modality": "classroom",
        "cost_currency": "MXN",
        "skill": [skill.code],
        f"level-{skill.code}": "3",
    }
    response = client.post(reverse("programme-create", args=[school.slug]), data)
    assert response.status_code == 302, response.content.decode()
    programme = Programme.objects.get(name_es="Soldadura básica")
    assert [(row.skill, row.level) for row in programme.programme_skills.all()] == [(skill, 3)]


def test_a_programme_without_a_name_is_refused_in_words(client, school, counsellor):
    response = client.post(reverse("programme-create", args=[school.slug]), {"modality": "classroom"})
    assert response.status_code == 400
    assert "Escribe el nombre en español" in response.content.decode()


def test_an_old_copy_of_a_programme_does_not_win(client, school, counsellor, cohort):
    programme = cohort.programme
    skill = make.SkillFactory()
    Programme.objects.filter(pk=programme.pk).update(revision=5)
    data = {
        "name_es": "Otro nombre",
        "modality": "classroom",
        "cost_currency": "MXN",
        "skill": [skill.code],
        "revision": 4,
    }
    response = client.post(reverse("programme-edit", args=[school.slug, programme.pk]), data)
    assert response.status_code == 400
    assert "Otro nombre" in response.content.decode()
    programme.refresh_from_db()
    assert programme.name_es != "Otro nombre"


def test_a_cohort_that_ends_before_it_starts_is_refused(client, school, counsellor, cohort):
    data = {
        "programme": cohort.programme_id,
        "name": "2027",
        "starts_on": "2027-02-01",
        "ends_on": "2027-01-01",
        "seats": 10,
    }
    response = client.post(reverse("cohort-create", args=[school.slug]), data)
    assert response.status_code == 400
    assert Cohort.objects.count() == 1


def test_a_cohort_of_another_institute_cannot_be_made(client, school, counsellor):
    other = make.ProgrammeFactory()
    data = {"programme": other.pk, "name": "X", "starts_on": "2027-01-01", "ends_on": "2027-02-01", "seats": 10}
    assert client.post(reverse("cohort-create", args=[school.slug]), data).status_code == 400


def test_a_placement_marked_by_hand_shows_in_cohort_and_list(client, school, counsellor, cohort):
    client.post(reverse("cohort-detail", args=[school.slug, cohort.pk]), {"listed_name": "Ana <i>Soto</i>"})
    enrolment = Enrolment.objects.get(listed_name="Ana <i>Soto</i>")
    data = {
        "enrolment": enrolment.pk,
        "employer_name": "Taller Luna",
        "job_title": "Soldadora",
        "hired_on": datetime.date(2026, 11, 2),
        "base_pay": "3900",
        "pay_period": "week",
        "pay_currency": "MXN",
        "related": "yes",
    }
    assert client.post(reverse("placement-create", args=[school.slug]), data).status_code == 302
    assert Placement.objects.get().technician == enrolment.technician
    for url in (
        reverse("placements", args=[school.slug]),
        reverse("cohort-detail", args=[school.slug, cohort.pk]),
    ):
        html = client.get(url).content.decode()
        assert "Taller Luna" in html
        assert "Ana &lt;i&gt;Soto" in html


def test_negative_pay_is_refused_in_words(client, school, counsellor, cohort):
    enrolment = enrol(cohort=cohort, listed_name="Ana", actor=counsellor)
    data = {"enrolment": enrolment.pk, "employer_name": "X", "hired_on": "2026-11-02", "base_pay": "-1"}
    response = client.post(reverse("placement-create", args=[school.slug]), data)
    assert response.status_code == 400
    assert not Placement.objects.exists()


def test_a_learner_confirms_and_shares(client, cohort):
    person = make.TechnicianFactory()
    enrolment = make.EnrolmentFactory(cohort=cohort, technician=person, confirmed_at=None)
    client.force_login(person.user)
    assert "Confirmar" in client.get(reverse("my-training")).content.decode()
    client.post(reverse("enrolment-answer", args=[enrolment.pk]), {"share": "on"})
    enrolment.refresh_from_db()
    assert enrolment.confirmed_at is not None
    assert person.grants.in_force().filter(scope="outcomes").exists()


def test_lists_cost_the_same_for_many(client, school, counsellor, cohort):
    for number in range(12):
        row = enrol(cohort=cohort, listed_name=f"Persona {number}", actor=counsellor)
        make.PlacementFactory(technician=row.technician, recorded_for=school)
        make.CohortFactory(programme=make.ProgrammeFactory(organization=school))
    assert_budget(client, "programmes", reverse("programmes", args=[school.slug]))
    assert_budget(client, "cohorts", reverse("cohorts", args=[school.slug]))
    assert_budget(client, "cohort-detail", reverse("cohort-detail", args=[school.slug, cohort.pk]))
    assert_budget(client, "placements", reverse("placements", args=[school.slug]))


def test_a_learner_sees_what_the_institute_recorded(client, cohort, school):
    person = make.TechnicianFactory()
    make.EnrolmentFactory(cohort=cohort, technician=person)
    make.PlacementFactory(technician=person, recorded_for=school, employer=None, employer_name="Taller Luna")
    client.force_login(person.user)
    assert "Taller Luna" in client.get(reverse("my-training")).content.decode()
