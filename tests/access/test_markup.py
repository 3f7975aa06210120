"""Whatever people write stays text on every page that shows it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.access.table import KINDS
from tests.access.test_access import ROWS
from tests.access.world import World, build_world
from workforce.accounts.models import Organization
from workforce.employers.models import Plant, Role
from workforce.hiring.models import Application, Placement
from workforce.technicians.models import Certificate, Experience, Technician, TechnicianSkill
from workforce.training.models import Cohort, Enrolment, Programme

MARK = "\"'><b id=xx>"
WRITTEN_BY_PEOPLE: tuple[type[models.Model], ...] = (
    Organization,
    Plant,
    Role,
    Application,
    Placement,
    Technician,
    TechnicianSkill,
    Certificate,
    Experience,
    Programme,
    Cohort,
    Enrolment,
)
LEFT_ALONE = {"slug", "time_zone", "once_key", "source_hash", "phone", "source"}
READABLE = [row for row in ROWS if row.GET is not None and not row.route.startswith("api-")]


def text_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Fields that hold free text, both languages of each."""
    for field in model._meta.get_fields():
        if not isinstance(field, models.CharField | models.TextField) or isinstance(field, models.SlugField):
            continue
        if not field.choices and field.name not in LEFT_ALONE:
            yield field


def plant_marks() -> int:
    """Write the mark into every free text of every row; return how many fields took it."""
    planted = 0
    for model in WRITTEN_BY_PEOPLE:
        for field in text_fields(model):
            if field.max_length is not None and field.max_length < len(MARK):
                continue
            for row in model._default_manager.all():
                with contextlib.suppress(IntegrityError), transaction.atomic():
                    planted += model._default_manager.filter(pk=row.pk).update(**{field.attname: MARK})
    return planted


def pages(world: World, client: Client) -> Iterable[tuple[str, str]]:
    """Every address of the access table that gives this client HTML, with a query of marks as well."""
    for row in READABLE:
        address = reverse(row.route, kwargs=row.args(world)) + row.query
        marked = f"{address}{'&' if '?' in address else '?'}q={MARK}&zone={MARK}&next={MARK}&sort={MARK}"
        for asked in (address, marked):
            response = client.get(asked)
            assert response.status_code < 500, asked
            if response.headers.get("Content-Type", "").startswith("text/html"):
                yield asked, response.content.decode()


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
def test_markup_in_any_text_is_shown_as_text(language: str) -> None:
    world = build_world()
    make.ExperienceFactory(technician=world.technician)
    make.CertificateFactory(technician=world.technician)
    for row in READABLE:
        row.prepare(world)
    assert plant_marks() > 40
    shown = 0
    for kind in KINDS:
        client = world.client(kind)
        client.cookies["puente_language"] = language
        for address, html in pages(world, client):
            assert "<b id=xx" not in html, f"{address} as {kind}"
            shown += html.count("&lt;b id=xx")
    assert shown > 100, "the marks were hardly shown: the test looks at nothing"
