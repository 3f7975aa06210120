"""Pages of matching: what each side sees, in both languages, and what nobody sees."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import rebuilds
from matching.choices import SubjectKind
from tests.factories import (
    ApplicationFactory,
    GrantFactory,
    MembershipFactory,
    SkillFactory,
    TechnicianFactory,
    TechnicianSkillFactory,
    UserFactory,
)
from tests.matching import world
from workforce.accounts.choices import Verification
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.skills.models import SkillRelation
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


class Case:
    """A welder, and a role that asks for MIG (covered through TIG) and for a forklift licence (missing, a must)."""

    def __init__(self) -> None:
        self.tig = SkillFactory(code="tig", label_es="Soldadura TIG", label_en="TIG welding")
        self.mig = SkillFactory(code="mig", label_es="Soldadura MIG", label_en="MIG welding")
        self.lift = SkillFactory(code="lift", label_es="Montacargas", label_en="Forklift driving")
        SkillRelation.objects.create(source_skill=self.tig, target_skill=self.mig, strength=0.6)
        self.person = world.technician(
            (self.tig, 3), given_names="Guadalupe", paternal="Zubirán", phone="+526561234567", english="B1"
        )
        self.role = world.role((self.mig, 2), (self.lift, 1), must=(self.lift,), plant__zone=self.person.zone)
        self.slug = self.role.organization.slug
        self.member = MembershipFactory(organization=self.role.organization, user=UserFactory(language="en")).user
        rebuilds.rebuild_now()

    @property
    def candidates(self) -> str:
        return reverse("role-candidates", args=[self.slug, self.role.pk])


@pytest.fixture
def case() -> Case:
    return Case()


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_i_see_roles_with_reasons_and_what_is_missing_in_spanish(case: Case, logged_in: Any) -> None:
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert "Soldadura MIG" in page
    assert "Soldadura TIG" in page
    assert "Montacargas" in page
    assert case.role.title_es in page
    assert "MIG welding" not in page


def test_the_same_page_in_english(case: Case, logged_in: Any) -> None:
    case.person.user.language = "en"
    case.person.user.save()
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert "60% through TIG welding (Advanced) · asked: Intermediate" in page
    assert "Missing: Forklift driving" in page
    assert "Soldadura" not in page


def test_an_employer_sees_the_person_without_a_name(case: Case, logged_in: Any) -> None:
    page = html(logged_in(case.member), case.candidates)
    assert case.person.blind_name in page
    assert "60% through TIG welding" in page
    for secret in ("Guadalupe", "Zubirán", "656123", case.person.user.email):
        assert secret not in page


def test_the_name_appears_once_the_person_has_applied(case: Case, logged_in: Any) -> None:
    ApplicationFactory(role=case.role, technician=case.person)
    GrantFactory(technician=case.person, organization=case.role.organization)
    page = html(logged_in(case.member), case.candidates)
    assert "Guadalupe Zubirán" in page
    assert "656123" not in page


def test_somebody_who_has_paused_is_gone_before_any_refresh(case: Case, logged_in: Any) -> None:
    Technician.objects.filter(pk=case.person.pk).update(discoverable=False)
    assert case.person.blind_name not in html(logged_in(case.member), case.candidates)


def test_a_closed_role_is_gone_before_any_refresh(case: Case, logged_in: Any) -> None:
    Role.objects.filter(pk=case.role.pk).update(state=RoleState.CLOSED)
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert case.role.title_es not in page
    assert "empty" in page


def test_a_role_that_is_not_open_says_so_to_its_members(case: Case, logged_in: Any) -> None:
    Role.objects.filter(pk=case.role.pk).update(state=RoleState.DRAFT)
    page = html(logged_in(case.member), case.candidates)
    assert "This role is not open" in page
    assert case.person.blind_name not in page


def test_an_unverified_organization_sees_nobody(case: Case, logged_in: Any) -> None:
    organization = case.role.organization
    organization.verification = Verification.PENDING
    organization.save()
    page = html(logged_in(case.member), case.candidates)
    assert "Waiting for verification" in page
    assert case.person.blind_name not in page


def test_strangers_get_404(case: Case, logged_in: Any) -> None:
    assert logged_in(MembershipFactory().user).get(case.candidates).status_code == 404
    assert logged_in(case.person.user).get(case.candidates).status_code == 404


def test_another_organization_s_address_does_not_open_the_role(case: Case, logged_in: Any) -> None:
    other = MembershipFactory()
    url = reverse("role-candidates", args=[other.organization.slug, case.role.pk])
    assert logged_in(other.user).get(url).status_code == 404


def test_before_there_is_a_list_the_page_waits_and_asks_again(case: Case, logged_in: Any) -> None:
    newcomer = TechnicianFactory(user=UserFactory(language="en"))
    TechnicianSkillFactory(technician=newcomer, skill=case.mig)
    page = html(logged_in(newcomer.user), reverse("my-matches"))
    assert "Looking for your roles" in page
    assert 'hx-trigger="every 3s"' in page


def test_without_skills_the_next_step_is_to_add_some(case: Case, logged_in: Any) -> None:
    newcomer = TechnicianFactory(user=UserFactory(language="en"))
    page = html(logged_in(newcomer.user), reverse("my-matches"))
    assert "Say what you can do" in page
    assert "hx-get" not in page


def test_a_list_that_is_being_renewed_says_so(case: Case, logged_in: Any) -> None:
    world.ask(SubjectKind.TECHNICIAN, case.person.pk)
    assert 'hx-trigger="every 6s"' in html(logged_in(case.person.user), reverse("my-matches"))


def test_htmx_gets_the_list_alone(case: Case, logged_in: Any) -> None:
    response = logged_in(case.person.user).get(reverse("my-matches"), headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b'id="match-list"' in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_near_roles_name_the_one_thing_that_differs(case: Case, logged_in: Any) -> None:
    world.role((case.tig, 2), plant__zone=case.person.zone, shifts=["third"], title_es="Soldadora de noche")
    rebuilds.rebuild_now()
    case.person.user.language = "en"
    case.person.user.save()
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert "One thing away" in page
    assert "The shift differs" in page


def test_what_is_applied_to_is_not_offered_again(case: Case, logged_in: Any) -> None:
    client = logged_in(case.person.user)
    apply_url = reverse("role-apply", args=[case.role.pk, case.role.slug])
    assert apply_url in html(client, reverse("my-matches"))
    ApplicationFactory(role=case.role, technician=case.person)
    assert apply_url not in html(client, reverse("my-matches"))


def test_the_role_page_s_part_says_how_well_i_fit(case: Case, logged_in: Any) -> None:
    page = html(logged_in(case.person.user), reverse("role-fit", args=[case.role.pk]))
    assert "Soldadura TIG" in page
    assert "<html" not in page
    assert html(logged_in(case.member), reverse("role-fit", args=[case.role.pk])).strip() == ""


def test_html_in_names_is_text(case: Case, logged_in: Any) -> None:
    case.mig.label_es = "<script>alert(1)</script>"
    case.mig.save()
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def queries(client: Client, url: str) -> int:
    client.get(url)  # caches of the process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows(case: Case, logged_in: Any) -> None:
    def both_pages() -> tuple[int, int]:
        mine = queries(logged_in(case.person.user), reverse("my-matches"))
        return mine, queries(logged_in(case.member), case.candidates)

    few = both_pages()
    for _ in range(6):
        world.role((case.mig, 2), (case.tig, 1), plant__zone=case.person.zone)
        world.technician((case.tig, 2), (case.lift, 2), zone=case.person.zone)
    rebuilds.rebuild_now()
    assert both_pages() == few


def test_the_pages_keep_to_their_budgets(case: Case, logged_in: Any, query_budget: Any) -> None:
    for _ in range(12):
        world.role((case.mig, 2), (case.tig, 1), plant__zone=case.person.zone)
        world.technician((case.tig, 2), (case.lift, 2), zone=case.person.zone)
    rebuilds.rebuild_now()
    query_budget(logged_in(case.person.user), "my-matches", reverse("my-matches"))
    query_budget(logged_in(case.person.user), "api-my-matches", reverse("api-my-matches"))
    query_budget(logged_in(case.member), "role-candidates", case.candidates)
    query_budget(logged_in(case.member), "api-role-matches", reverse("api-role-matches", args=[case.role.pk]))


def test_a_paused_profile_gets_a_notice_and_asks_no_more(case: Case, logged_in: Any) -> None:
    case.person.user.language = "en"
    case.person.user.save()
    Technician.objects.filter(pk=case.person.pk).update(state=TechnicianState.PAUSED)
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert "Your profile is paused" in page
    assert f'href="{reverse("profile")}"' in page
    assert "hx-trigger" not in page
    assert "Looking for your roles" not in page


def test_only_the_label_is_marked_as_another_language(case: Case, logged_in: Any) -> None:
    case.lift.label_en = None
    case.lift.save()
    case.person.user.language = "en"
    case.person.user.save()
    page = html(logged_in(case.person.user), reverse("my-matches"))
    assert 'Missing: <span lang="es">Montacargas</span>' in page
