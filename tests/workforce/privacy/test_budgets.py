"""The pages of privacy cost the same however much there is on them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.accounts.notices import load_notices
from workforce.core.personal import every_model
from workforce.privacy.choices import RequestKind
from workforce.privacy.services import ask
from workforce.privacy.views.staff import PAGE
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import AccessLog, Technician

pytestmark = pytest.mark.django_db
ROWS = 30


def test_of_the_person(technician: Technician, query_budget: Callable[..., Any]) -> None:
    load_notices()
    ContentType.objects.get_for_models(*every_model())  # kept by a process for good, whatever test came before
    client = Client()
    client.force_login(technician.user)
    client.post(reverse("privacy-start"), {"outcomes": "on"})
    for number in range(ROWS):
        make.GrantFactory(technician=technician, source=f"application:{number}")
        AccessLog.objects.create(
            actor=make.UserFactory(),
            organization=make.OrganizationFactory(),
            technician=technician,
            kind=AccessKind.NAME,
            day=datetime.date(2026, 11, 1),
        )
        make.ExperienceFactory(technician=technician)
        ask(user=technician.user, kind=RequestKind.RECTIFY, text=f"mi apellido {number}")
    assert len(query_budget(client, "my-privacy", reverse("my-privacy")).context["grants"]) == ROWS
    query_budget(client, "privacy-start", reverse("privacy-start"))
    query_budget(client, "my-data", reverse("my-data"))
    query_budget(client, "my-data-file", reverse("my-data-file"))
    query_budget(client, "api-my-grants", reverse("api-my-grants"))


def test_of_staff(query_budget: Callable[..., Any]) -> None:
    client = Client()
    client.force_login(make.UserFactory(is_staff=True))
    for number in range(PAGE + 3):
        person: Any = make.TechnicianFactory()
        ask(user=person.user, kind=RequestKind.RECTIFY, text=f"mi apellido {number}")
    page = query_budget(client, "data-requests", reverse("data-requests"))
    assert len(page.context["page"].object_list) == PAGE
    assert AccessLog.objects.count() == PAGE
