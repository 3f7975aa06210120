"""Titles: gender pairs are two full titles, and what stands around a title is no part of it."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.core.text import fold
from workforce.skills.linker.gender import is_pair, other_form, split_pair
from workforce.skills.linker.titles import title_forms
from workforce.skills.taxonomy_files import FOLDER


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Soldador/Soldadora", ("Soldador", "Soldadora")),
        ("Soldador/Soldadora de planta", ("Soldador de planta", "Soldadora de planta")),
        ("Técnico/Técnica en automatización", ("Técnico en automatización", "Técnica en automatización")),
        ("Operador/Operadora de SMT", ("Operador de SMT", "Operadora de SMT")),
        ("director técnico/directora técnica", ("director técnico", "directora técnica")),
        ("operador de puentes/operadora de puentes", ("operador de puentes", "operadora de puentes")),
        ("Auxiliar administrativo/administrativa", ("Auxiliar administrativo", "Auxiliar administrativa")),
        ("jefe de turno/jefa de turno", ("jefe de turno", "jefa de turno")),
        ("actor/actriz", ("actor", "actriz")),
        ("Soldador/a", ("Soldador", "Soldadora")),
        ("Técnico(a) en robótica", ("Técnico en robótica", "Técnica en robótica")),
        ("Operador(a) de CNC", ("Operador de CNC", "Operadora de CNC")),
        ("Electricista industrial", ("Electricista industrial",)),
        ("Soldadura MIG/MAG", ("Soldadura MIG/MAG",)),
        ("Soldador/Soldadora MIG/MAG", ("Soldador MIG/MAG", "Soldadora MIG/MAG")),
        ("montador de motores/montadora de motor", ("montador de motores", "montadora de motor")),
        ("chapista/pintor", ("chapista/pintor",)),
        ("especialista/especialista", ("especialista",)),
        ("/", ("",)),
        ("", ("",)),
    ],
)
def test_a_pair_becomes_both_full_titles(title: str, forms: tuple[str, ...]) -> None:
    assert split_pair(title) == forms


STEMS = st.text("bcdflmnprst", min_size=2, max_size=6).map(lambda end: f"so{end}")
TAILS = st.lists(st.text("abcdefghij", min_size=1, max_size=8), max_size=4).map(" ".join)


@given(STEMS, st.sampled_from([("or", "ora"), ("o", "a"), ("ero", "era"), ("ista o", "ista a")][:3]), TAILS)
def test_both_ways_of_writing_a_pair_come_to_the_same(stem: str, ends: tuple[str, str], tail: str) -> None:
    he, she = stem + ends[0], stem + ends[1]
    ours = split_pair(f"{he}/{she} {tail}".strip())
    escos = split_pair(f"{he} {tail}".strip() + "/" + f"{she} {tail}".strip())
    assert ours == escos == (f"{he} {tail}".strip(), f"{she} {tail}".strip())


@given(st.text(max_size=60))
def test_splitting_never_fails_and_never_adds_a_slash(title: str) -> None:
    forms = split_pair(title)
    assert 1 <= len(forms) <= 2
    assert all(form.count("/") <= title.count("/") for form in forms)


def test_every_pair_of_our_own_titles_is_split() -> None:
    with (FOLDER / "occupations.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title_es"] for row in csv.DictReader(file)]
    for title in titles:
        assert len(split_pair(title)) == (2 if "/" in title else 1), title


@pytest.mark.parametrize(("one", "other"), [("jefe", "jefa"), ("capitán", "capitana"), ("obrero", "obrera")])
def test_the_other_form_of_a_word_is_its_pair(one: str, other: str) -> None:
    assert is_pair(one, other)
    assert other_form(one) == other


@pytest.mark.parametrize("pair", [("MIG", "MAG"), ("casa", "cosa"), ("mesa", "mesas"), ("norte", "sur")])
def test_two_things_are_no_pair(pair: tuple[str, str]) -> None:
    assert not is_pair(*pair)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Soldador(a) MIG c/licencia", "soldador mig"),
        ("OPERADOR DE PRODUCCIÓN 2do turno", "operador de produccion"),
        ("VACANTE: Ing. de calidad Jr", "ing. de calidad"),
        ("Se solicita Inspector/Inspectora de calidad (urge)", "inspector de calidad"),
        ("Montacarguista con licencia", "montacarguista"),
        ("Forklift operator 2nd shift", "forklift operator"),
        ("CNC machinist II", "cnc machinist"),
        ("Supervisor de producción bilingüe", "supervisor de produccion"),
    ],
)
def test_what_stands_around_a_title_is_dropped(written: str, title: str) -> None:
    assert title in title_forms(written)
    assert all(form == fold(form) for form in title_forms(written))


@given(st.text(max_size=80))
def test_a_title_never_becomes_empty_or_fails(written: str) -> None:
    assert all(title_forms(written)) or not title_forms(written)
