"""The response rate: what is counted, from how many on it is shown, and that everybody reads the same."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.employers.models import ResponseRate, Role
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import Application
from workforce.hiring.tasks import count_answers

pytestmark = pytest.mark.django_db


def some(role: Role, state: str, count: int, days: int = 0) -> None:
    """Applications that were sent ``days`` ago and stand at ``state``."""
    for _ in range(count):
        row = make.ApplicationFactory(role=role, state=state)
        sent = timezone.now() - datetime.timedelta(days=days)
        Application.objects.filter(pk=row.pk).update(created_at=sent)


def test_answered_are_those_with_a_word_that_settles_something() -> None:
    role: Role = make.RoleFactory()
    for state in S.values:
        some(role, state, 1)
    count_answers()
    rate = ResponseRate.objects.get()
    assert (rate.answered, rate.decided, rate.percent) == (4, 5, None)


@pytest.mark.parametrize(("expired", "percent"), [(0, 100), (1, 90), (2, 81)])
def test_the_share_is_rounded_down(expired: int, percent: int) -> None:
    role: Role = make.RoleFactory()
    some(role, S.REFUSED, 9 if expired else 10)
    some(role, S.EXPIRED, expired)
    count_answers()
    assert ResponseRate.objects.get().percent == percent


def test_too_few_say_nothing(settings: Any) -> None:
    role: Role = make.RoleFactory()
    some(role, S.REFUSED, 9)
    count_answers()
    assert ResponseRate.objects.get().percent is None
    settings.HIRING_RATE_MINIMUM = 9
    assert ResponseRate.objects.get().percent == 100


def test_only_the_last_half_year_counts_and_what_left_it_is_gone() -> None:
    role: Role = make.RoleFactory()
    some(role, S.EXPIRED, 10, days=181)
    some(role, S.REFUSED, 10, days=179)
    count_answers()
    assert ResponseRate.objects.get().percent == 100
    Application.objects.update(created_at=timezone.now() - datetime.timedelta(days=181))
    assert count_answers() == 0
    assert not ResponseRate.objects.exists()


def test_everybody_reads_it_with_the_role(client: Any) -> None:
    role: Role = make.RoleFactory()
    assert client.get(f"/api/v1/roles/{role.pk}/").json()["response_rate"] is None
    assert "Responde" not in client.get(role.get_absolute_url()).content.decode()
    some(role, S.REFUSED, 9)
    some(role, S.EXPIRED, 3)
    count_answers()
    assert client.get(f"/api/v1/roles/{role.pk}/").json()["response_rate"] == 75
    assert "responde a 75% de quienes se postulan" in client.get(role.get_absolute_url()).content.decode()
    recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    client.force_login(recruiter)
    page = client.get(reverse("role-applications", args=[role.organization.slug, role.pk])).content.decode()
    assert "75%" in page


def test_it_costs_the_same_for_many() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            count_answers()
        return len(queries)

    some(make.RoleFactory(), S.REFUSED, 1)
    few = cost()
    for _ in range(5):
        some(make.RoleFactory(), S.REFUSED, 2)
    assert cost() == few
    assert count_answers() == 6
