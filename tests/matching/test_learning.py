"""What to learn: counted against the roles of now, by page and by API, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matching import editions, rebuilds
from matching.engine.artefact import ArtefactError
from matching.learning import advice_for
from tests.factories import SkillFactory
from tests.matching import world
from workforce.core.choices import SkillLevel
from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Technician:
    """A TIG welder, two roles for it, and others that need CNC as well."""
    tig = SkillFactory(code="tig", label_es="Soldadura TIG", label_en="TIG welding")
    cnc = SkillFactory(code="cnc", label_es="Operación CNC", label_en="CNC operation")
    rare = SkillFactory(code="rare", label_es="Buceo", label_en="Diving")
    technician = world.technician((tig, 3), shifts=[])
    place = {"plant__zone": technician.zone, "plant__company_bus": True}
    for seats in (1, 4):
        world.role((tig, 2), openings=seats, **place)
    for seats in (3, 5):
        world.role((tig, 1), (cnc, 2), (SkillFactory(code=f"cnc-{seats}"), 1), openings=seats, **place)
    world.role((cnc, 3), openings=7, **place)
    world.role((rare, 1), openings=2, **place)
    rebuilds.rebuild_now()
    return technician


def told(me: Technician, level: SkillLevel) -> dict[str, tuple[int, int]]:
    advice = advice_for(me, level=level)
    assert advice is not None
    return {row.skill.code: (row.roles, row.openings) for row in advice.skills}


def test_openings_gained_by_level(me: Technician) -> None:
    """Two thirds of the roles with CNC are reached with it; the one that asks for more needs the higher level."""
    at_two = told(me, SkillLevel.INTERMEDIATE)
    at_three = told(me, SkillLevel.ADVANCED)
    assert at_two["cnc"][0] >= 2
    assert at_three["cnc"] == (at_two["cnc"][0] + (at_two["cnc"] != at_three["cnc"]), at_three["cnc"][1])
    assert at_three["cnc"][1] >= 15
    assert at_two["rare"] == at_three["rare"] == (1, 2)
    assert "tig" not in at_two


def test_a_paused_person_is_told_nothing(me: Technician) -> None:
    Technician.objects.filter(pk=me.pk).update(state=TechnicianState.PAUSED)
    assert told(me, SkillLevel.BASIC) == {}


@pytest.mark.parametrize(("language", "label"), [("es", "Operación CNC"), ("en", "CNC operation")])
def test_the_page_in_both_languages(client: Client, me: Technician, language: str, label: str) -> None:
    me.user.language = language
    me.user.save()
    client.force_login(me.user)
    html = client.get(reverse("my-learning"), {"level": "3"}).content.decode()
    assert label in html
    assert "+15" in html or "+8" in html
    assert client.get(reverse("my-learning"), {"level": "nine"}).status_code == 200


def test_the_api(client: Client, me: Technician) -> None:
    client.force_login(me.user)
    found: dict[str, Any] = client.get(reverse("api-my-advice"), {"level": 3}).json()
    assert (found["level"], found["reachable"], found["openings"]) == (3, 2, 5)
    first = found["skills"][0]
    assert (first["skill"], first["label_es"], first["label_en"]) == ("cnc", "Operación CNC", "CNC operation")
    assert client.get(reverse("api-my-advice"), {"level": 4}).status_code == 400


def test_before_the_first_edition(client: Client) -> None:
    technician = world.technician()
    client.force_login(technician.user)
    assert client.get(reverse("my-learning")).status_code == 200
    assert client.get(reverse("api-my-advice")).status_code == 409


@pytest.mark.parametrize("error", [ArtefactError("gone"), PermissionError("a folder of the workers")])
def test_a_web_machine_that_cannot_read_the_engine(
    client: Client, me: Technician, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(version: str) -> None:
        raise error

    editions.forget_workspaces()
    monkeypatch.setattr(editions, "load_engine", fail)
    client.force_login(me.user)
    assert "por primera vez" in client.get(reverse("my-learning")).content.decode()
    assert client.get(reverse("api-my-advice")).status_code == 409
