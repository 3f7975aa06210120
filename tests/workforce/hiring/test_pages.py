"""The pages of hiring, as the two sides see them."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.budgets import assert_budget
from workforce.accounts.choices import Position, Verification
from workforce.accounts.services import set_verification
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role, move_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    person, role = make.TechnicianFactory(given_names="Zulema"), make.RoleFactory()
    return apply_to_role(technician=person, role=role, actor=person.user, message="<b>Hola</b>")


@pytest.fixture
def recruiter(application):
    return make.MembershipFactory(organization=application.role.organization, position=Position.RECRUITER).user


def answer_url(application):
    return reverse("application-answer", args=[application.role.organization.slug, application.ref])


def test_one_click_says_i_am_interested(client):
    person, role = make.TechnicianFactory(), make.RoleFactory()
    client.force_login(person.user)
    url = reverse("role-apply", kwargs={"pk": role.pk, "slug": role.slug})
    for _ in range(2):
        response = client.post(url, {"message": "Hola"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("my-applications")
    assert Application.objects.get().message == "Hola"


def test_a_message_that_is_too_long_is_refused_in_words(client):
    person, role = make.TechnicianFactory(), make.RoleFactory()
    client.force_login(person.user)
    url = reverse("role-apply", kwargs={"pk": role.pk, "slug": role.slug})
    response = client.post(url, {"message": "x" * 1001}, follow=True)
    assert "1,000 caracteres" in response.content.decode()
    assert not Application.objects.exists()


def test_the_person_sees_the_answer_and_its_reason_in_their_language(client, application, recruiter):
    move_application(
        application=application, to_state=ApplicationState.REFUSED, actor=recruiter, reason="shift", answer="Suerte"
    )
    client.force_login(application.technician.user)
    html = client.get(reverse("my-applications")).content.decode()
    assert "El turno no coincidió" in html
    assert "Suerte" in html
    application.technician.user.language = "en"
    application.technician.user.save()
    assert "The shift did not fit" in client.get(reverse("my-applications")).content.decode()


def test_the_employer_answers_from_the_page(client, application, recruiter):
    client.force_login(recruiter)
    page = client.get(answer_url(application)).content.decode()
    assert "Zulema" in page
    assert "&lt;b&gt;Hola" in page
    data = {"to_state": "interview", "answer": "El lunes a las 9", "revision": application.revision}
    response = client.post(answer_url(application), data)
    assert response.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.answer) == ("interview", "El lunes a las 9")


def test_a_refusal_without_a_reason_comes_back_with_what_was_typed(client, application, recruiter):
    client.force_login(recruiter)
    data = {"to_state": "refused", "answer": "Lo sentimos", "revision": application.revision}
    response = client.post(answer_url(application), data)
    assert response.status_code == 400
    assert "Elige el motivo" in response.content.decode()
    assert "Lo sentimos" in response.content.decode()


def test_two_recruiters_at_once_do_not_overwrite_each_other(client, application, recruiter):
    client.force_login(recruiter)
    seen = application.revision
    move_application(application=application, to_state=ApplicationState.REVIEWING, actor=recruiter)
    response = client.post(answer_url(application), {"to_state": "offer", "answer": "Mi texto", "revision": seen})
    assert response.status_code == 400
    assert "Mi texto" in response.content.decode()
    application.refresh_from_db()
    assert application.state == "reviewing"


def test_who_withdrew_is_blind_again(client, application, recruiter):
    move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=application.technician.user)
    client.force_login(recruiter)
    role = application.role
    for url in (answer_url(application), reverse("role-applications", args=[role.organization.slug, role.pk])):
        html = client.get(url).content.decode()
        assert "Zulema" not in html
        assert application.technician.user.email not in html


def test_lists_cost_the_same_for_many(client, application, recruiter):
    role = application.role
    for _ in range(12):
        person = make.TechnicianFactory()
        apply_to_role(technician=person, role=role, actor=person.user)
    client.force_login(recruiter)
    assert_budget(client, "role-applications", reverse("role-applications", args=[role.organization.slug, role.pk]))
    client.force_login(application.technician.user)
    for _ in range(5):
        apply_to_role(technician=application.technician, role=make.RoleFactory(), actor=application.technician.user)
    assert_budget(client, "my-applications", reverse("my-applications"))


def test_nothing_of_who_withdrew_is_left_to_read(client, application, recruiter):
    skill = make.TechnicianSkillFactory(technician=application.technician).skill
    client.force_login(recruiter)
    before = client.get(answer_url(application)).content.decode()
    person = application.technician.user
    move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=person)
    after = client.get(answer_url(application)).content.decode()
    for told in ("Zulema", person.email, "Hola", skill.label):
        assert told in before
        assert told not in after


def test_an_organization_that_staff_refused_learns_nothing_more(client, application, recruiter):
    organization = application.role.organization
    set_verification(organization_id=organization.pk, verification=Verification.REFUSED)
    client.force_login(recruiter)
    listed = client.get(reverse("role-applications", args=[organization.slug, application.role_id]))
    assert "Zulema" not in listed.content.decode()
    assert client.get(answer_url(application)).status_code == 404
    assert client.get(f"/api/v1/applications/{application.ref}/").status_code == 404
    assert client.get(f"/api/v1/roles/{application.role_id}/applications/").json()["results"] == []
