"""The estimator: concepts for words of either language, a confidence that means something, and none of them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.skills.linker_world import STRANGE, concepts, world
from workforce.skills.linker.cleaning import query_words
from workforce.skills.linker.concepts import Label, TaxonomyConcept
from workforce.skills.linker.features import NAMES, language_of
from workforce.skills.linker.linking import ConceptLinker, FittedLinker
from workforce.skills.linker.ranker import shares_of
from workforce.skills.linker.training import Supervision


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Soldadora de acero", "welder-steel"),
        ("SOLDADOR(A) DE ACERO, 2do turno", "welder-steel"),
        ("soldadores de aceros, en general", "welder-steel"),
        ("glass polishers, n.e.c.", "polisher-glass"),
        ("Pulidor / pulidora de vidrio", "polisher-glass"),
        ("copper insepctor", "inspector-copper"),
        ("pintora de carton", "painter-cardboard"),
    ],
)
def test_people_s_words_lead_to_the_concept(text: str, code: str) -> None:
    found = world().link(text, top=3)
    assert found[0].code == code
    assert found[0].confidence >= found[-1].confidence


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🔧🔧", "焊工", "Сварщик", "?!", "mousse de chocolate"])
def test_none_of_them(text: str) -> None:
    assert world().link(text) == []
    assert world().rank(text).none_of_them


def test_an_answer_names_the_text_that_matched_in_the_language_asked() -> None:
    spanish, english = (world().rank(text, 1).concepts[0] for text in ("oficial de madera, cortador", "wood cutter"))
    assert (spanish.text, spanish.language) == ("oficial de madera, cortador", "es")
    assert (english.text, english.language) == ("Wood cutter", "en")


def test_top_is_the_most_that_comes_back() -> None:
    assert len(world().rank("soldador", 3).concepts) == 3
    assert world().rank("soldador", 0).concepts == ()


@pytest.mark.parametrize("text", ["Steel welder (AB, Siemens)", "experience in steel welder", "acero (urgente)"])
def test_a_skill_is_read_without_what_stands_around_it(text: str) -> None:
    skills = replace(world(), kind="skill")
    named = skills.rank(text, 1).concepts[0]
    assert named.code.endswith("-steel")
    assert (named.confidence >= 0.98) == ("welder" in text)


def test_groups_sum_their_concepts() -> None:
    groups = world().groups("soldador de piezas", 2)
    assert groups[0][0] == "7212"
    assert groups[0][1] > 0.5


def test_language_is_found_out() -> None:
    space = world().space
    assert language_of(space, query_words("cortadora de vidrio", title=True)) == "es"
    assert language_of(space, query_words("glass cutter", title=True)) == "en"


def test_a_concept_without_names_in_a_language_is_found_through_the_dictionary() -> None:
    hidden = "cutter-copper"
    cut = [
        TaxonomyConcept(
            one.code,
            tuple(label for label in one.labels if one.code != hidden or label.lang == "en"),
            {key: text for key, text in one.definitions.items() if one.code != hidden or key == "en"},
            one.group,
            one.related,
        )
        for one in concepts()
    ]
    linker = ConceptLinker("occupation").fit(cut)
    assert hidden in [one.code for one in linker.rank("cortador de cobre", 5, "es").concepts]


def test_official_tables_teach() -> None:
    asked = "bruñidor de espejos"
    taught = [Supervision(asked, "es", codes=("polisher-glass",))] * 40
    learned = ConceptLinker("occupation").fit(concepts(), strange=STRANGE, supervision=taught)

    def share(linker: FittedLinker) -> float:
        found = linker.candidates(asked, "es")
        assert found is not None
        shares = shares_of(linker.ranker("es").scores(found.features))
        return float(shares[found.concepts == linker.space.codes.index("polisher-glass")][0])

    assert share(learned) > share(world())


def test_a_fit_is_the_same_every_time() -> None:
    again = ConceptLinker("occupation").fit(concepts(), strange=STRANGE)
    for lang in ("es", "en"):
        np.testing.assert_allclose(again.ranker(lang).weights, world().ranker(lang).weights, rtol=1e-6, atol=1e-8)


def test_what_groups_are_called_is_looked_at() -> None:
    titles = {"7543": (Label("es", "verificadores de calidad", preferred=True),)}
    linker = ConceptLinker("occupation").fit(concepts(), titles=titles)
    found = linker.candidates("verificador de calidad de vidrio", "es")
    assert found is not None
    likeness = found.features[:, NAMES.index("title_stems")]
    inspectors = np.array([linker.space.codes[n].startswith("inspector-") for n in found.concepts])
    assert likeness[inspectors].min() > 0.5
    assert not likeness[~inspectors].any()


def test_a_concept_s_very_name_means_it() -> None:
    assert world().rank("ayudante pintora para cobre", 1).concepts[0].code == "painter-copper"
    named = world().rank("Ayudante pintor para cobre", 1)
    assert named.concepts[0].code == "painter-copper"
    assert named.concepts[0].confidence >= 0.98


@pytest.mark.parametrize("number", [0, 1, 2])
def test_tiny_taxonomies_are_linked_by_letters(number: int) -> None:
    known = [TaxonomyConcept(f"c{n}", (Label("es", f"soldador{n}", preferred=True),)) for n in range(number)]
    linker = ConceptLinker("skill").fit(known)
    assert [one.code for one in linker.rank("soldador0", 1).concepts] == [f"c{n}" for n in range(number)][:1]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    ranking = world().rank(text, 5)
    assert len(ranking.concepts) <= 5
    assert all(0 <= one.confidence <= 1 for one in ranking.concepts)
    assert 0 <= ranking.fits <= 1


TEXTS = sorted({label.text for one in concepts() for label in one.labels})


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(["", " urgente", " c/licencia", " sin experiencia"]))
def test_case_and_accents_change_nothing(name: str, tail: str) -> None:
    text = name + tail
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    wanted = world().rank(text, 5)
    for other in (text.upper(), text.lower(), bare, bare.upper(), unicodedata.normalize("NFD", text)):
        assert world().rank(other, 5) == wanted


@pytest.mark.parametrize("text", ["soldador de acero " * 60_000, "á" * 1_000_000, "🔧" * 250_000, "\n" * 1_000_000])
def test_a_megabyte_is_read_by_its_beginning(text: str) -> None:
    assert world().rank(text, 3) == world().rank(text[:300], 3)
