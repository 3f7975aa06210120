"""Two requests at the same moment, on real connections."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests import factories as make
from tests.threads import at_once
from workforce.core.errors import StaleRevision
from workforce.employers import services
from workforce.employers.models import Plant, Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_makes_one_role() -> None:
    plant = make.PlantFactory()

    def click() -> Role:
        values = {"plant": plant, "title_es": "Soldador"}
        return services.save_role(actor=None, organization=plant.organization, values=values, once_key="k")

    results = at_once([click] * 4)
    assert [type(result) for result in results] == [Role] * 4
    assert Role.objects.count() == 1


def test_of_two_edits_of_one_revision_one_is_refused() -> None:
    role = make.RoleFactory()

    def edit(openings: int) -> Role:
        values = {"openings": openings}
        return services.save_role(actor=None, organization=role.organization, role=role, values=values, revision=1)

    results = at_once([lambda: edit(5), lambda: edit(6)])
    assert sorted(type(result).__name__ for result in results) == [Role.__name__, StaleRevision.__name__]
    role.refresh_from_db()
    assert role.revision == 2


def test_two_plants_of_one_name_are_one_plant() -> None:
    organization, zone = make.OrganizationFactory(), make.ZoneFactory()

    def add() -> Plant:
        return services.save_plant(plant=Plant(organization=organization, zone=zone, name="Planta Dos"))

    results = at_once([add, add])
    assert sorted(type(result).__name__ for result in results) == [Plant.__name__, ValidationError.__name__]
    assert Plant.objects.count() == 1
