"""The factories make rows that the database accepts."""

from __future__ import annotations

import pytest
from factory.django import DjangoModelFactory

from tests import factories

ALL = [
    value
    for value in vars(factories).values()
    if isinstance(value, type) and issubclass(value, DjangoModelFactory) and value is not DjangoModelFactory
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", ALL, ids=lambda factory: factory.__name__)
def test_every_factory_makes_two_rows_that_are_valid(factory: type[DjangoModelFactory]) -> None:
    for row in (factory.create(), factory.create()):
        row.full_clean()


@pytest.mark.django_db
def test_a_skill_comes_with_both_labels_as_aliases() -> None:
    skill = factories.SkillFactory(label_es="Montacargas", label_en="Forklift", aliases=[("es", "Patín eléctrico")])
    assert set(skill.aliases.values_list("lang", "norm")) == {
        ("es", "montacargas"),
        ("en", "forklift"),
        ("es", "patin electrico"),
    }
