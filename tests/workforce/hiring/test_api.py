"""Applications by API."""

import pytest
from rest_framework.test import APIClient

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.hiring.models import Application, Placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make.TechnicianFactory()


@pytest.fixture
def role():
    return make.RoleFactory()


def as_user(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_whole_walk_from_interest_to_hire(person, role):
    mine = as_user(person.user)
    made = mine.post("/api/v1/me/applications/", {"role": role.pk, "message": "Hola"}, format="json")
    assert made.status_code == 201
    url = f"/api/v1/applications/{made.data['ref']}/"
    theirs = as_user(make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user)
    seen = theirs.get(url)
    assert seen.data["technician_name"] == person.full_name
    hired = theirs.post(
        f"{url}moves/",
        {"to_state": "hired", "base_pay": "4100"},
        format="json",
        headers={"If-Match": seen.headers["ETag"]},
    )
    assert hired.status_code == 200, hired.data
    assert hired.data["state"] == "hired"
    assert Placement.objects.get().base_pay == 4100
    assert theirs.get(f"/api/v1/roles/{role.pk}/applications/").data["results"][0]["ref"] == made.data["ref"]


def test_a_move_without_or_with_an_old_version_is_refused(person, role):
    recruiter = as_user(make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user)
    application = make.ApplicationFactory(technician=person, role=role)
    url = f"/api/v1/applications/{application.ref}/moves/"
    assert recruiter.post(url, {"to_state": "reviewing"}, format="json").status_code == 428
    stale = recruiter.post(url, {"to_state": "reviewing"}, format="json", headers={"If-Match": '"99"'})
    assert (stale.status_code, stale.data["code"]) == (412, "stale_revision")
    assert Application.objects.get().state == "new"


def test_a_role_that_nobody_may_see_cannot_be_applied_to(person):
    draft = make.RoleFactory(draft=True)
    answer = as_user(person.user).post("/api/v1/me/applications/", {"role": draft.pk}, format="json")
    assert (answer.status_code, answer.data["code"]) == (409, "role_closed")


def test_the_message_of_who_withdrew_is_theirs_alone(person, role):
    mine = as_user(person.user)
    theirs = as_user(make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user)
    sent = {"role": role.pk, "message": "Llámame: 656 555 0199"}
    made = mine.post("/api/v1/me/applications/", sent, format="json")
    url = f"/api/v1/applications/{made.data['ref']}/"
    assert theirs.get(url).data["message"] == sent["message"]
    etag = {"If-Match": mine.get(url).headers["ETag"]}
    gone = mine.post(f"{url}moves/", {"to_state": "withdrawn"}, format="json", headers=etag)
    assert (gone.status_code, gone.data["message"]) == (200, sent["message"])
    for seen in (theirs.get(url).data, theirs.get(f"/api/v1/roles/{role.pk}/applications/").data["results"][0]):
        assert (seen["message"], seen["technician_name"]) == ("", person.blind_name)
