"""A small bilingual taxonomy, an employer with a plant, and its recruiter."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from workforce.employers.events import role_changed
from workforce.skills.models import OccupationSkill
from workforce.skills.search import forget_indexes


@pytest.fixture
def taxonomy(db: None) -> Iterator[SimpleNamespace]:
    """Welding, forklifts and the two occupations that need them."""
    found = SimpleNamespace(
        mig=make.SkillFactory(
            code="mig-welding", label_es="Soldadura MIG", label_en="MIG welding", aliases=[("es", "soldar con micro")]
        ),
        planos=make.SkillFactory(code="blueprint-reading", label_es="Lectura de planos", label_en="Blueprint reading"),
        forklift=make.SkillFactory(
            code="forklift-operation",
            label_es="Operación de montacargas",
            label_en="Forklift operation",
            aliases=[("es", "montacargas"), ("en", "forklift")],
        ),
        welder=make.OccupationFactory(
            code="welder",
            title_es="Soldador/Soldadora",
            title_en="Welder",
            level=2,
            aliases=[("es", "soldador"), ("es", "soldadora")],
        ),
        driver=make.OccupationFactory(
            code="forklift-operator",
            title_es="Operador/Operadora de montacargas",
            title_en="Forklift operator",
            aliases=[("es", "montacarguista")],
        ),
    )
    OccupationSkill.objects.create(occupation=found.welder, skill=found.mig, level=3)
    OccupationSkill.objects.create(occupation=found.welder, skill=found.planos, level=2)
    OccupationSkill.objects.create(occupation=found.driver, skill=found.forklift, level=2)
    forget_indexes()
    yield found
    forget_indexes()


@pytest.fixture
def house(db: None) -> SimpleNamespace:
    """A verified employer with one plant, its recruiter logged in."""
    member = make.MembershipFactory(position="recruiter")
    plant = make.PlantFactory(organization=member.organization, name="Planta Bravo")
    client = Client()
    client.force_login(member.user)
    return SimpleNamespace(organization=member.organization, plant=plant, user=member.user, client=client)


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The roles that ``role_changed`` was sent for."""
    heard: list[int] = []

    def listen(role_id: int, **kwargs: Any) -> None:
        heard.append(role_id)

    role_changed.connect(listen)
    yield heard
    role_changed.disconnect(listen)
