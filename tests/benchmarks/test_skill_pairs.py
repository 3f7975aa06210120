"""The hand-graded pairs of skills: well-formed, of the taxonomy as it is, and halved by chance alone."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pytest

from benchmarks.skill_pairs import COLUMNS, GRADES, PAIRS, Pair, auc, directions, halves, read_pairs
from workforce.skills.taxonomy_files import read_taxonomy


@pytest.fixture(scope="module")
def taxonomy():
    return read_taxonomy()


@pytest.fixture(scope="module")
def rows():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames or ()) == COLUMNS
        return list(reader)


def test_codes_and_labels_are_the_taxonomys(rows, taxonomy):
    for row in rows:
        for side in ("needed", "held"):
            skill = taxonomy.skills[row[f"{side}_code"]]
            assert (row[f"{side}_es"], row[f"{side}_en"]) == (skill["label_es"], skill["label_en"])


def test_every_pair_stands_once_with_a_grade_and_a_reason(rows):
    pairs = [(row["needed_code"], row["held_code"]) for row in rows]
    assert len(set(pairs)) == len(pairs) == 200
    assert all(needed != held for needed, held in pairs)
    assert all(row["grade"] in GRADES and row["why"].strip() for row in rows)
    assert min(Counter(row["grade"] for row in rows).values()) >= 60


def test_halves_are_of_100_each_by_chance_and_keep_both_ways_together(rows):
    stated = {(row["needed_code"], row["held_code"]): row["half"] for row in rows}
    assert Counter(stated.values()) == {"open": 100, "sealed": 100}
    assert stated == halves(list(stated))


def test_enough_pairs_are_asked_both_ways_with_different_answers(rows):
    grades = {(row["needed_code"], row["held_code"]): row["grade"] for row in rows}
    both = [pair for pair in grades if pair < pair[::-1] and grades.get(pair[::-1], grades[pair]) != grades[pair]]
    assert len(both) >= 30


def test_none_is_broader_or_narrower(rows, taxonomy):
    pairs = [(row["needed_code"], row["held_code"]) for row in rows]

    def above(code):
        while code := taxonomy.skills[code]["broader"]:
            yield code

    assert not [pair for pair in pairs if pair[0] in above(pair[1]) or pair[1] in above(pair[0])]


def test_area_counts_equal_scores_half():
    positive = np.array([True, True, False, False])
    assert auc(np.array([0.9, 0.8, 0.2, 0.1]), positive) == 1
    assert auc(np.array([0.5, 0.5, 0.5, 0.5]), positive) == 0.5
    assert auc(np.array([0.9, 0.1, 0.1, 0.0]), positive) == 0.875
    assert np.isnan(auc(np.array([0.9]), np.array([True])))


def test_directions_ask_only_pairs_whose_answers_differ():
    pairs = [
        Pair("a", "b", "yes", "open"),
        Pair("b", "a", "no", "open"),
        Pair("c", "d", "partly", "open"),
        Pair("d", "c", "partly", "open"),
        Pair("e", "f", "no", "open"),
        Pair("f", "e", "partly", "open"),
    ]
    scores = np.array([0.8, 0.2, 0.9, 0.1, 0.5, 0.5])
    assert directions(pairs, scores) == {"right": 1, "equal": 1, "wrong": 0}
    assert len(read_pairs()) == 200
