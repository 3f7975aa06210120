"""The look-up finds what people mean, in either language, whatever they type."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.skills.linker.lookup import DEFINITION, ConceptIndex, Row
from workforce.skills.linker.normalize import with_prefixes, words_of
from workforce.skills.linker.variants import variants

FORKLIFT, MIG, TIG, PLC, CRIMP, ISO9, ISO13, PREVENTIVE, SMT = range(1, 10)
ROWS = [
    Row(FORKLIFT, "es", "Operación de montacargas", "label"),
    Row(FORKLIFT, "es", "montacargas", "alias"),
    Row(FORKLIFT, "en", "Forklift operation", "label"),
    Row(FORKLIFT, "en", "forklift", "alias"),
    Row(MIG, "es", "Soldadura MIG/MAG (GMAW)", "label"),
    Row(MIG, "en", "MIG/MAG welding (GMAW)", "label"),
    Row(TIG, "es", "Soldadura TIG (GTAW)", "label"),
    Row(TIG, "en", "TIG welding (GTAW)", "label"),
    Row(PLC, "es", "Programación de PLC", "label"),
    Row(PLC, "en", "PLC programming", "label"),
    Row(CRIMP, "es", "Aplicación de terminales", "label"),
    Row(CRIMP, "en", "Terminal crimping", "label"),
    Row(ISO9, "es", "ISO 9001", "label"),
    Row(ISO13, "es", "ISO 13485", "label"),
    Row(PREVENTIVE, "es", "Mantenimiento preventivo", "label"),
    Row(PREVENTIVE, "en", "Preventive maintenance", "label"),
    Row(SMT, "es", "Operación de línea SMT", "label"),
    Row(SMT, "en", "surface-mount technology", "alias"),
]
INDEX = ConceptIndex(ROWS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("montacarga", FORKLIFT),
        ("MONTACARGAS", FORKLIFT),
        ("operacion de montacargas", FORKLIFT),
        ("forklif", FORKLIFT),
        ("fork lift", FORKLIFT),
        ("frklift", FORKLIFT),
        ("programacion plc", PLC),
        ("plc programing", PLC),
        ("soldadra mig", MIG),
        ("soldadora MIG", MIG),
        ("soldadura mig", MIG),
        ("mig", MIG),
        ("gtaw", TIG),
        ("welding tig", TIG),
        ("experiencia en soldadura TIG", TIG),
        ("aplicacion de termnales", CRIMP),
        ("crimping", CRIMP),
        ("iso9001", ISO9),
        ("mtto. preventivo", PREVENTIVE),
        ("preventive maint", PREVENTIVE),
        ("surface mount", SMT),
        ("progr", PLC),
    ],
)
def test_the_first_answer_is_what_was_meant(typed: str, meant: int) -> None:
    assert INDEX.search(typed)[0].concept == meant


def test_short_words_are_never_nearly_another() -> None:
    assert TIG not in [match.concept for match in INDEX.search("mig")]


def test_an_answer_names_the_text_and_its_language() -> None:
    match = INDEX.search("forklift")[0]
    assert (match.text, match.lang, match.score) == ("forklift", "en", 1.0)


@pytest.mark.parametrize("typed", ["", "   ", "¿?", "\x00", "-", "。"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert INDEX.search(typed) == []
    assert INDEX.link(typed) is None


def test_an_index_without_rows_answers_nothing() -> None:
    assert ConceptIndex([]).search("soldadura") == []
    assert ConceptIndex([]).link("soldadura") is None


def test_each_concept_is_answered_once_and_no_more_than_asked() -> None:
    found = INDEX.search("soldadura", limit=1)
    assert len(found) == 1
    assert len({match.concept for match in INDEX.search("operacion")}) == len(INDEX.search("operacion"))


def test_the_order_of_rows_changes_nothing() -> None:
    shuffled = list(ROWS)
    random.Random(7).shuffle(shuffled)
    other = ConceptIndex(shuffled)
    for typed in ("soldadura", "operacion", "mantenimento", "p", "welding"):
        assert other.search(typed) == INDEX.search(typed)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Soldadura MIG", MIG),
        ("soldadora mig", MIG),
        ("montacarga", FORKLIFT),
        ("conocimientos de programación de PLC", PLC),
        ("TIG welding", TIG),
        ("ISO9001", ISO9),
        ("ISO 9002", None),
        ("soldadura", None),
        ("cocina italiana", None),
        ("terminal", None),
        ("de", None),
        ("operación", None),
        ("mag", None),
    ],
)
def test_words_are_linked_only_when_sure(said: str, meant: int | None) -> None:
    match = INDEX.link(said)
    assert (match.concept if match else None) == meant


def test_our_own_concept_wins_over_another_with_the_same_text() -> None:
    index = ConceptIndex([Row(1, "es", "soldadura", "label"), Row(2, "es", "soldadura", "alias")], {2: 0.03})
    assert index.search("soldadura")[0].concept == 2
    linked = index.link("soldadura")
    assert linked is not None
    assert linked.concept == 2


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_answered_in_order(typed: str) -> None:
    found = INDEX.search(typed)
    assert len(found) <= 10
    assert all(0 <= match.score <= 1 for match in found)
    assert found == INDEX.search(typed)


@given(st.sampled_from(ROWS), st.data())
@settings(max_examples=150, deadline=None)
def test_one_slip_in_a_long_word_still_finds_the_concept(row: Row, data: st.DataObject) -> None:
    words = words_of(row.text)
    long = [n for n, word in enumerate(words) if len(word) >= 8 and word.isalpha()]
    if not long:
        return
    at = data.draw(st.sampled_from(long))
    cut = data.draw(st.integers(1, len(words[at]) - 1))
    slipped = " ".join([*words[:at], words[at][:cut] + words[at][cut + 1 :], *words[at + 1 :]])
    assert row.concept in [match.concept for match in INDEX.search(slipped)]


@given(st.sampled_from(ROWS), st.sampled_from([str.upper, str.lower, str.title]))
@settings(max_examples=60, deadline=None)
def test_case_and_accents_do_not_matter(row: Row, change: object) -> None:
    plain = " ".join(words_of(row.text))
    assert INDEX.search(change(plain))[0] == INDEX.search(plain)[0]  # type: ignore[operator]


def test_words_are_folded_parted_and_spelled_out() -> None:
    assert words_of("Mtto. de GD&T, ISO9001 (C++)") == ("mantenimiento", "de", "gd", "t", "iso", "9001", "c++")


def test_what_a_label_spells_out_can_be_said_alone() -> None:
    assert set(variants("Soldadura MIG/MAG (GMAW)")) == {"Soldadura MIG/MAG", "Soldadura MIG", "Soldadura MAG", "GMAW"}
    assert variants("Soldadura") == ()


def test_what_is_done_finds_the_skill_by_its_definition_and_is_never_linked() -> None:
    rows = [
        Row(1, "es", "Surtido PEPS", "label"),
        Row(1, "es", "Sacar primero el material que entró primero.", DEFINITION),
        Row(2, "es", "Conteo cíclico", "label"),
    ]
    index = ConceptIndex(rows)
    assert [match.concept for match in index.search("sacar el material que entró primero")][:1] == [1]
    assert index.link("Sacar primero el material que entró primero.") is None
    assert index.link("Surtido PEPS") is not None


@pytest.mark.parametrize("said", ["re trabajo", "re-trabajo de arneses", "retrabajo", "RE TRABAJO"])
def test_a_beginning_that_stands_apart_is_joined_with_its_word(said: str) -> None:
    index = ConceptIndex([Row(1, "es", "Retrabajo de arneses", "label"), Row(2, "es", "Trabajo en alturas", "label")])
    assert index.search(said)[0].concept == 1


def test_only_known_words_are_joined() -> None:
    assert with_prefixes(("re", "trabajo"), {"retrabajo"}) == ("retrabajo",)
    assert with_prefixes(("re", "trabajo"), set()) == ("re", "trabajo")
    assert with_prefixes(("pre", "pre", "ensamble"), {"preensamble"}) == ("pre", "preensamble")


@pytest.mark.parametrize("said", ["5's", "5´S", "5’s", "5`s"])
def test_an_apostrophe_before_s_parts_no_word(said: str) -> None:
    assert words_of(f"filosofía {said}") == ("filosofia", "5s")
