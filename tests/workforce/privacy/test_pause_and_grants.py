"""Leaving all lists for a while, and who knows a person by name until when."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching import rebuilds, refresh
from tests import factories as make
from tests.matching import world
from workforce.core.errors import Conflict
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role
from workforce.privacy.services import revoke_grant
from workforce.technicians.choices import AccessKind, TechnicianState
from workforce.technicians.models import AccessLog, Grant, Technician
from workforce.technicians.services import pause_profile

pytestmark = pytest.mark.django_db


class Case:
    """A person who fits a role, and a recruiter who looks for one."""

    def __init__(self) -> None:
        skill = make.SkillFactory()
        self.person = world.technician((skill, 3), given_names="Guadalupe", paternal="Zubirán", phone="+526561234567")
        self.role: Role = world.role((skill, 2), plant__zone=self.person.zone)
        self.slug = self.role.organization.slug
        self.recruiter: Any = make.MembershipFactory(organization=self.role.organization).user
        self.mine, self.theirs = Client(), Client()
        self.mine.force_login(self.person.user)
        self.theirs.force_login(self.recruiter)
        rebuilds.rebuild_now()

    def apply(self) -> Application:
        """Say that one is interested: the employer may know the name from now on."""
        return apply_to_role(technician=self.person, role=self.role, actor=self.person.user, message="Soy Guadalupe")

    @property
    def candidates(self) -> str:
        """The recruiter's page of those who fit."""
        return self.page("role-candidates", slug=self.slug, pk=self.role.pk)

    @property
    def matches(self) -> Any:
        """The same by API."""
        return self.theirs.get(reverse("api-role-matches", args=[self.role.pk])).json()["results"]

    def page(self, name: str, **named: Any) -> str:
        """What the recruiter reads on a page."""
        return self.theirs.get(reverse(name, kwargs=named)).content.decode()


@pytest.fixture
def case() -> Case:
    return Case()


class TestPause:
    def test_nobody_finds_the_person_from_that_moment(self, case: Case) -> None:
        assert case.person.blind_name in case.candidates
        assert len(case.matches) == 1
        case.mine.post(reverse("profile-pause"))
        assert case.person.blind_name not in case.candidates, "also before the list is made anew"
        assert case.matches == []
        explain = reverse("api-role-explain", args=[case.role.pk, case.person.ref])
        assert case.theirs.get(explain).status_code == 404
        assert not Technician.objects.visible_to(case.recruiter).filter(pk=case.person.pk).exists()
        refresh.drain()
        assert case.person.blind_name not in case.candidates

    def test_the_person_gets_no_roles_and_cannot_apply(self, case: Case) -> None:
        pause_profile(technician_id=case.person.pk)
        case.person.refresh_from_db()
        with pytest.raises(Conflict):
            case.apply()

    def test_who_was_applied_to_still_reads_the_application(self, case: Case) -> None:
        application = case.apply()
        pause_profile(technician_id=case.person.pk)
        assert "Zubirán" in case.page("application-answer", slug=case.slug, ref=application.ref)

    def test_coming_back_brings_everything_back(self, case: Case) -> None:
        case.mine.post(reverse("profile-pause"))
        case.mine.post(reverse("profile-pause"))  # a double click pauses once, and does not come back
        case.person.refresh_from_db()
        assert case.person.state == TechnicianState.PAUSED
        assert "Volver a participar" in case.mine.get(reverse("my-privacy")).content.decode()
        case.mine.post(reverse("profile-pause"), {"resume": "1"})
        refresh.drain()
        assert case.person.blind_name in case.candidates
        assert len(case.matches) == 1


class TestGrants:
    def test_the_name_is_known_by_a_grant_and_ends_with_it(self, case: Case) -> None:
        assert "Zubirán" not in case.candidates
        application = case.apply()
        pages = (
            lambda: case.candidates,
            lambda: case.page("role-applications", slug=case.slug, pk=case.role.pk),
            lambda: case.page("application-answer", slug=case.slug, ref=application.ref),
        )
        for page in pages:
            assert "Zubirán" in page()
        grant = Grant.objects.get(technician=case.person)
        case.mine.post(reverse("grant-revoke", args=[grant.pk]))
        for page in pages:
            assert "Zubirán" not in page()
        application.refresh_from_db()
        assert application.state == ApplicationState.WITHDRAWN
        api = case.theirs.get(reverse("api-application", args=[application.ref])).json()
        assert "Zubirán" not in str(api)
        assert "Guadalupe" not in str(api)

    def test_it_is_of_one_organization(self, case: Case) -> None:
        case.apply()
        other: Any = make.MembershipFactory().user
        assert not Technician.objects.contact_visible_to(other).exists()
        assert Technician.objects.contact_visible_to(case.recruiter).get() == case.person

    def test_nobody_takes_back_what_another_gave(self, case: Case) -> None:
        case.apply()
        grant = Grant.objects.get()
        for user in (case.recruiter, make.TechnicianFactory().user):
            assert not revoke_grant(user=user, grant_id=grant.pk)
            client = Client()
            client.force_login(user)
            assert client.post(reverse("grant-revoke", args=[grant.pk])).status_code == 404
            assert client.delete(reverse("api-my-grant", args=[grant.pk])).status_code == 404
            assert client.get(reverse("api-my-grants")).json()["results"] == []
        assert Grant.objects.in_force().exists()

    def test_twice_is_once(self, case: Case) -> None:
        case.apply()
        grant = Grant.objects.get()
        assert revoke_grant(user=case.person.user, grant_id=grant.pk)
        revoked = Grant.objects.get().revoked_at
        assert not revoke_grant(user=case.person.user, grant_id=grant.pk)
        assert case.mine.post(reverse("grant-revoke", args=[grant.pk])).status_code == 302
        assert case.mine.delete(reverse("api-my-grant", args=[grant.pk])).status_code == 404
        assert Grant.objects.get().revoked_at == revoked

    def test_by_api_the_person_sees_who_may_see_what(self, case: Case) -> None:
        case.apply()
        (told,) = case.mine.get(reverse("api-my-grants")).json()["results"]
        assert (told["organization"], told["scope"]) == (case.role.organization.name, "contact")
        assert case.mine.delete(reverse("api-my-grant", args=[told["id"]])).status_code == 204
        assert case.mine.get(reverse("api-my-grants")).json()["results"] == []


class TestWhoLooked:
    def test_each_page_with_a_name_is_kept_once_a_day(self, case: Case) -> None:
        application = case.apply()
        for _again in range(2):
            assert "Zubirán" in case.candidates
            case.page("application-answer", slug=case.slug, ref=application.ref)
        rows = AccessLog.objects.filter(technician=case.person, actor=case.recruiter)
        assert sorted(rows.values_list("kind", flat=True)) == [AccessKind.CONTACT, AccessKind.NAME]
        assert set(rows.values_list("organization_id", flat=True)) == {case.role.organization_id}
        page = case.mine.get(reverse("my-privacy")).content.decode()
        assert case.role.organization.name in page
        assert case.recruiter.email not in page, "which organization, not which of its people"

    def test_who_sees_nobody_by_name_leaves_no_trace(self, case: Case) -> None:
        assert case.person.blind_name in case.candidates
        assert case.matches
        assert not AccessLog.objects.exists()

    def test_looking_at_oneself_is_not_kept(self, case: Case) -> None:
        case.apply()
        case.mine.get(reverse("my-applications"))
        case.mine.get(reverse("api-my-export"))
        assert not AccessLog.objects.exists()
