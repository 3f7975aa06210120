"""Texts against texts: within a language, across, and when they say nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.skills.linker_world import world
from workforce.skills.linker.similarity import TextSimilarity

CORPUS = ["Steel welder", "Glass polisher", "Wood cutter", "Copper inspector", "Cardboard painter"]


def test_the_same_meaning_comes_first_in_the_other_language() -> None:
    asked = ["soldadora de acero", "pulidor de vidrio", "cortador de madera", "inspectora de cobre", "pintor de cartón"]
    scores = TextSimilarity(world()).matrix(asked, CORPUS)
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_the_same_craft_is_nearer_than_another() -> None:
    scores = TextSimilarity(world()).matrix(["welder"], ["Aluminum welder", "Ceramics painter"], ["en"], ["en", "en"])
    assert scores[0, 0] > scores[0, 1]


def test_texts_that_say_nothing_and_no_texts() -> None:
    similarity = TextSimilarity(world())
    assert np.isfinite(similarity.matrix(["", "🔧"], ["", "soldador"])).all()
    assert similarity.matrix([], CORPUS).shape == (0, 5)
    assert similarity.matrix(CORPUS, []).shape == (5, 0)
    assert similarity.matrix([""], CORPUS).tolist() == [[0.0] * 5]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=60), max_size=4))
def test_any_texts_compare(left: list[str], right: list[str]) -> None:
    scores = TextSimilarity(world()).matrix(left, right)
    assert scores.shape == (len(left), len(right))
    assert np.isfinite(scores).all()
