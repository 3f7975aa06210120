"""A button pressed twice at once makes one row of what it is for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.world import World, build_world
from tests.factories import PASSWORD
from tests.threads import at_once
from workforce.accounts.choices import JoinKind
from workforce.accounts.models import User
from workforce.employers.choices import RoleState
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application, ApplicationEvent, Placement
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 3


def click(client: Client, address: str, data: dict[str, Any]) -> list[int]:
    """Send the same form several times at the same moment in one session; return the statuses."""

    def post() -> int:
        other = Client()
        other.cookies = client.cookies
        return other.post(address, data).status_code

    statuses = at_once([post] * CLICKS)
    assert max(statuses) < 500
    return statuses


@pytest.fixture
def world() -> World:
    """One of everything."""
    return build_world()


def test_signing_up_makes_one_account() -> None:
    data = {
        "given_names": "Ana",
        "paternal": "Prueba",
        "email": "ana@example.test",
        "password1": PASSWORD,
        "kind": JoinKind.SEEKER,
    }
    click(Client(), reverse("account_signup"), data)
    assert User.objects.filter(email="ana@example.test").count() == 1
    assert Technician.objects.filter(user__email="ana@example.test").count() <= 1


def test_publishing_a_role_counts_as_one_edit(world: World) -> None:
    revision = world.draft.revision
    address = reverse("role-publish", kwargs={"slug": world.employer.slug, "pk": world.draft.pk})
    click(world.client("recruiter"), address, {"revision": revision})
    world.draft.refresh_from_db()
    assert world.draft.state == RoleState.PUBLISHED
    assert world.draft.revision == revision + 1


def test_showing_interest_makes_one_application(world: World) -> None:
    address = reverse("role-apply", kwargs={"pk": world.role.pk, "slug": world.role.slug})
    click(world.client("other_technician"), address, {"message": "Me interesa"})
    assert Application.objects.filter(technician=world.other_technician).count() == 1
    assert ApplicationEvent.objects.filter(application__technician=world.other_technician).count() == 1


def test_a_hire_makes_one_placement(world: World) -> None:
    Application.objects.filter(pk=world.application.pk).update(state=ApplicationState.OFFER)
    before = Placement.objects.count()
    address = reverse("application-answer", kwargs={"slug": world.employer.slug, "ref": world.application.ref})
    data = {"revision": world.application.revision, "to_state": "hired", "hired_on": "2026-11-20"}
    click(world.client("recruiter"), address, data)
    world.application.refresh_from_db()
    assert world.application.state == ApplicationState.HIRED
    assert Placement.objects.count() == before + 1


def test_a_placement_by_hand_is_written_once(world: World) -> None:
    before = Placement.objects.count()
    address = reverse("placement-create", kwargs={"slug": world.school.slug})
    data = {
        "enrolment": world.enrolment.pk,
        "employer_name": "Arneses Dos",
        "job_title": "Soldadora",
        "hired_on": "2026-08-03",
        "pay_period": "week",
        "pay_currency": "MXN",
        "related": "unknown",
    }
    statuses = click(world.client("institute"), address, data)
    assert Placement.objects.count() == before + 1, statuses
