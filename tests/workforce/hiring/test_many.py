"""Two thousand applications to one role: pages and API cost what they cost for twenty."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.budgets import assert_budget
from workforce.accounts.choices import Position
from workforce.core.invariants import check_invariants
from workforce.hiring.choices import Actor
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import Application, ApplicationEvent
from workforce.technicians.models import Grant, Technician

pytestmark = pytest.mark.django_db
MANY = 2000


def crowd(role: Any, count: int) -> None:
    """People who applied, written in bulk as the services write them one by one."""
    zone = make.ZoneFactory()
    people = Technician.objects.bulk_create(
        Technician(given_names="Ana", paternal=f"Prueba {number}", zone=zone) for number in range(count)
    )
    rows = Application.objects.bulk_create(Application(role=role, technician=one) for one in people)
    ApplicationEvent.objects.bulk_create(
        ApplicationEvent(application=row, from_state="", to_state=S.NEW, side=Actor.TECHNICIAN) for row in rows
    )
    Grant.objects.bulk_create(
        Grant(
            technician_id=row.technician_id,
            organization_id=role.organization_id,
            scope="contact",
            source=f"application:{row.pk}",
        )
        for row in rows
    )


def test_two_thousand_applications_to_one_role(client: Any) -> None:
    role = make.RoleFactory(openings=40)
    recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    client.force_login(recruiter)
    page = reverse("role-applications", args=[role.organization.slug, role.pk])
    api = f"/api/v1/roles/{role.pk}/applications/"

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    crowd(role, 25)
    client.get(page)  # whom the recruiter saw today is written once
    client.get(api)
    few = cost(page), cost(api)
    crowd(role, MANY - 25)
    client.get(f"{page}?page=100")
    client.get(api)
    assert_budget(client, "role-applications", page)
    assert (cost(f"{page}?page=100"), cost(api)) == few
    assert not [finding for finding in check_invariants() if finding.count]
