"""Search finds roles in either language, by words that are nowhere in their text."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories as make
from workforce.employers import services
from workforce.employers.filters import RoleSearchFilter
from workforce.employers.models import Role
from workforce.employers.queries import in_order
from workforce.employers.rules import SkillNeed
from workforce.employers.search import matching, query_words, stems, tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(house: SimpleNamespace, taxonomy: SimpleNamespace) -> SimpleNamespace:
    """A welder written in Spanish, a forklift operator written in English."""
    made: dict[str, Role] = {}
    for name, skill, values in (
        (
            "welder",
            taxonomy.mig,
            {"title_es": "Soldadora de micro", "occupation": taxonomy.welder, "pay_min": Decimal(3500)},
        ),
        (
            "driver",
            taxonomy.forklift,
            {
                "title_en": "Forklift operator",
                "description_en": "Loads trailers",
                "shifts": ["third"],
                "english_min": "B1",
                "pay_min": Decimal(20),
                "pay_period": "hour",
                "pay_currency": "USD",
            },
        ),
    ):
        role = services.save_role(
            actor=None,
            organization=house.organization,
            values={"plant": house.plant, **values},
            skills=[SkillNeed(skill.pk)],
        )
        made[name] = services.publish_role(role=role)
    return SimpleNamespace(**made)


def found(**asked: Any) -> list[str]:
    """Titles of the roles that a search finds, in its order."""
    search = RoleSearchFilter(asked, queryset=Role.objects.open())
    assert not search.errors
    return [role.title_es or role.title_en for role in in_order(search.qs, asked.get("sort", ""), asked.get("q", ""))]


@pytest.mark.parametrize(
    "words",
    [
        "soldadora",
        "SOLDADOR",
        "welder",
        "welding",
        "soldadura",
        "micro",
        "sold",
        "Planta Bravo soldador",
        "mig welding",
        "soldar con micro",
    ],
)
def test_a_role_written_in_spanish_is_found_in_either_language(roles: SimpleNamespace, words: str) -> None:
    assert found(q=words) == ["Soldadora de micro"]


@pytest.mark.parametrize(
    "words",
    [
        "montacargas",
        "forklifts",
        "cargas trailers forklift"[7:],
        "montac",
        "operacion de montacargas",
        "forklift nocturno",
        "montacargas night",
    ],
)
def test_a_role_written_in_english_is_found_in_either_language(roles: SimpleNamespace, words: str) -> None:
    assert found(q=words) == ["Forklift operator"]


def test_every_word_must_stand_somewhere(roles: SimpleNamespace) -> None:
    assert found(q="welder forklift") == []


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE", "\\", "()", "....", "¿?"])
def test_signs_are_no_wildcards_and_break_nothing(roles: SimpleNamespace, words: str) -> None:
    assert isinstance(found(q=words), list)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"shift": "third"}, ["Forklift operator"]),
        ({"pay_min": "3600"}, ["Forklift operator"]),
        ({"english": "none"}, ["Soldadora de micro"]),
        ({"english": "A2"}, ["Soldadora de micro"]),
        ({"english": "B1", "sort": "pay"}, ["Forklift operator", "Soldadora de micro"]),
        ({"us_work": "yes"}, []),
        ({"city": "Ciudad Juárez", "sort": "newest"}, ["Forklift operator", "Soldadora de micro"]),
    ],
)
def test_filters_narrow_the_search(roles: SimpleNamespace, asked: dict[str, str], titles: list[str]) -> None:
    assert found(**asked) == titles


def test_a_word_in_the_title_counts_more_than_one_in_the_text(roles: SimpleNamespace, house: SimpleNamespace) -> None:
    late = make.RoleFactory(
        plant=house.plant,
        title_es="Ayudante",
        title_en=None,
        description_es="Ayuda a la soldadora",
        description_en=None,
    )
    services.touch_roles(Role.objects.filter(pk=late.pk))
    assert found(q="soldadora") == ["Soldadora de micro", "Ayudante"]
    assert found(q="soldadora", sort="newest") == ["Ayudante", "Soldadora de micro"]


def test_drafts_and_closed_roles_are_not_found(roles: SimpleNamespace) -> None:
    services.close_role(role=roles.welder)
    assert found(q="welder") == []


def test_stems_come_with_and_without_accents() -> None:
    assert stems("programación", "es") & stems("programacion", "es")
    assert " mantenimiento " in tokens(["Mantenimiento"], "es")


def test_accents_in_pieces_are_the_same_word() -> None:
    assert tokens(["Me\u0301xico"], "es") == tokens(["México"], "es")


def test_small_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert query_words("operador de la línea") == ["operador", "línea"]
    assert query_words("de la") == ["de", "la"]
    assert str(matching("")) == str(matching(" "))
