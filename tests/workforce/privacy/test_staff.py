"""What staff do for people, and the traces that it leaves with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.access.world import World, build_world
from workforce.core.personal import Person, declarations
from workforce.privacy.choices import RequestKind, RequestState
from workforce.privacy.models import DataRequest
from workforce.privacy.services import answer, ask, request_erasure
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import AccessLog, Technician

pytestmark = pytest.mark.django_db
PAGE = reverse("data-requests")


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    return client


class TestRequests:
    def test_the_most_urgent_comes_first_and_says_that_it_is_late(self, staff: Client, technician: Technician) -> None:
        first = ask(user=technician.user, kind=RequestKind.RECTIFY, text="mi apellido está mal")
        late = ask(user=make.UserFactory(), kind=RequestKind.OBJECT, text="no quiero estadísticas")
        DataRequest.objects.filter(pk=late.pk).update(due=timezone.now() - timedelta(days=1))
        page = staff.get(PAGE)
        assert [row.pk for row in page.context["page"].object_list] == [late.pk, first.pk]
        text = page.content.decode()
        assert "Atrasada" in text
        assert "mi apellido está mal" in text

    def test_the_answer_is_read_by_the_person_and_only_by_them(self, staff: Client, technician: Technician) -> None:
        made = ask(user=technician.user, kind=RequestKind.RECTIFY, text="mi apellido")
        staff.post(reverse("data-request-answer", args=[made.pk]), {"text": "ya quedó corregido"})
        mine, other = Client(), Client()
        mine.force_login(technician.user)
        other.force_login(make.TechnicianFactory().user)
        assert "ya quedó corregido" in mine.get(reverse("my-privacy")).content.decode()
        assert "ya quedó corregido" not in other.get(reverse("my-privacy")).content.decode()
        assert not staff.get(PAGE).context["page"].object_list

    def test_an_answer_is_given_once_and_is_not_empty(self, staff: Client, technician: Technician) -> None:
        made = ask(user=technician.user, kind=RequestKind.RECTIFY, text="mi apellido")
        staff.post(reverse("data-request-answer", args=[made.pk]), {"text": " "})
        assert answer(request_id=made.pk, text="one")
        assert not answer(request_id=made.pk, text="two")
        made.refresh_from_db()
        assert (made.answer, made.state) == ("one", RequestState.DONE)

    def test_a_deletion_is_not_answered(self, staff: Client, technician: Technician) -> None:
        made = request_erasure(user=technician.user, password=None)
        assert not answer(request_id=made.pk, text="no")
        page = staff.get(PAGE).content.decode()
        assert reverse("data-request-answer", args=[made.pk]) not in page

    def test_the_same_words_twice_are_one_request(self, technician: Technician) -> None:
        client = Client()
        client.force_login(technician.user)
        for _again in range(2):
            client.post(reverse("privacy-ask"), {"kind": "rectify", "text": "mi apellido"})
        client.post(reverse("privacy-ask"), {"kind": "erase", "text": "not this way"})
        assert DataRequest.objects.count() == 1

    def test_twenty_days_are_given(self, technician: Technician, settings: Any) -> None:
        settings.PRIVACY_ANSWER_DAYS = 20
        made = ask(user=technician.user, kind=RequestKind.ACCESS, text="todo")
        assert made.due - made.requested_at > timedelta(days=20) - timedelta(minutes=1)
        assert not made.is_late

    def test_members_and_seekers_see_no_such_page(self, technician: Technician) -> None:
        for user in (technician.user, make.MembershipFactory().user):
            client = Client()
            client.force_login(user)
            assert client.get(PAGE).status_code == 404


def looked(technician: Technician) -> list[str]:
    return list(AccessLog.objects.filter(technician=technician).values_list("kind", flat=True))


class TestTraces:
    def test_the_page_of_requests_leaves_one(self, staff: Client, technician: Technician) -> None:
        ask(user=technician.user, kind=RequestKind.RECTIFY, text="mi apellido")
        other: Any = make.TechnicianFactory()
        for _again in range(2):
            staff.get(PAGE)
        assert looked(technician) == [AccessKind.ADMIN]
        assert looked(other) == []
        client = Client()
        client.force_login(technician.user)
        assert "Personal de Puente" in client.get(reverse("my-privacy")).content.decode()

    @pytest.mark.parametrize("page", ["changelist", "change", "history", "delete"])
    def test_pages_of_the_admin_leave_one(self, staff: Client, technician: Technician, page: str) -> None:
        arguments = [] if page == "changelist" else [technician.pk]
        assert staff.get(reverse(f"admin:technicians_technician_{page}", args=arguments)).status_code == 200
        assert looked(technician) == [AccessKind.ADMIN]

    def test_only_of_those_who_are_on_the_page(self, staff: Client, technician: Technician) -> None:
        other: Any = make.TechnicianFactory(given_names="Otra")
        staff.get(reverse("admin:technicians_technician_changelist"), {"q": "Renata"})
        assert (looked(technician), looked(other)) == ([AccessKind.ADMIN], [])

    def test_the_account_is_the_person_too(self, staff: Client, technician: Technician) -> None:
        staff.get(reverse("admin:accounts_user_change", args=[technician.user_id]))
        assert looked(technician) == [AccessKind.ADMIN]

    def test_a_box_that_completes_what_is_typed_leaves_one(self, staff: Client, technician: Technician) -> None:
        other: Any = make.TechnicianFactory()
        asked = {"app_label": "accounts", "model_name": "membership", "field_name": "user"}
        offered = staff.get(reverse("admin:autocomplete"), asked | {"term": technician.user.email})
        assert [row["text"] for row in offered.json()["results"]] == [technician.user.email]
        assert (looked(technician), looked(other)) == ([AccessKind.ADMIN], [])
        assert staff.get(reverse("admin:autocomplete"), asked | {"field_name": "nothing"}).status_code == 403

    def test_rows_below_the_one_that_is_open_leave_one(self, staff: Client, technician: Technician) -> None:
        member: Any = make.MembershipFactory(user=technician.user)
        staff.get(reverse("admin:accounts_organization_change", args=[member.organization_id]))
        assert looked(technician) == [AccessKind.ADMIN]

    def test_pages_about_nobody_leave_none(self, staff: Client, technician: Technician) -> None:
        make.RoleFactory()
        for name in ("index", "employers_role_changelist", "skills_skill_changelist"):
            assert staff.get(reverse(f"admin:{name}")).status_code == 200
        assert looked(technician) == []

    def test_every_list_of_the_admin_with_rows_of_people_leaves_one(self, staff: Client) -> None:
        """Generated from the admin and the registry: a model registered tomorrow is looked at here as well."""
        world: World = build_world()
        make.CertificateFactory(technician=world.technician)
        person = Person(world.users["technician"].pk, world.technician.pk)
        with_rows = {one.label for one in declarations() if one.paths and one.rows(person).exists()}
        models = [model for model in admin.site._registry if model._meta.label in with_rows]
        assert len(models) >= 6
        for model in models:
            AccessLog.objects.all().delete()
            shown = staff.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
            assert shown.status_code == 200
            assert AccessKind.ADMIN in looked(world.technician), model._meta.label
