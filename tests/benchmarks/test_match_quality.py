"""The graded roles and candidates are as their README says; rankings and their figures are what the formulas say."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from benchmarks.match_quality import systems
from benchmarks.match_quality.figures import average_precision, interval, judged, ndcg
from benchmarks.match_quality.parity import genders, languages, swapped
from benchmarks.match_quality.pool import AT_LEAST_BY_CHANCE, DEPTH, SIZE, pooled
from benchmarks.match_quality.records import FOLDER, HALVES, Need, Person, Role, halves, read_people, read_roles
from benchmarks.match_quality.stability import moves, places
from matching.engine.oracle import pair
from matching.engine.taxonomy import TaxonomyData
from workforce.skills.taxonomy_files import read_taxonomy

TAXONOMY = TaxonomyData(
    codes=["mig", "tig", "press", "forklift", "sewing"],
    declared=[("tig", "mig", 0.6)],
    occupations=[("welder", "mig", True), ("welder", "tig", False), ("operator", "press", True)],
)


def person(name: str, text: str = "", **skills: int) -> Person:
    return Person(name, "es", "Operadora", (("Operadora", 2),), text, skills)


def role(*needs: Need, text: str = "MIG", **grades: int) -> Role:
    texts = dict.fromkeys(("es", "en"), text)
    return Role("r1", "es", "welding", "welder", {"es": "Soldador/a", "en": "Welder"}, texts, needs, grades)


PEOPLE = [person("a", mig=2), person("b", tig=4), person("c", press=3), person("d", mig=1, press=1, sewing=2)]
ROLES = [role(Need("mig", 2, must=True), Need("press", 1, must=False)), role(Need("tig", 3, must=False))]


@pytest.fixture(scope="module")
def ours() -> systems.CoverageSystem:
    return systems.CoverageSystem(TAXONOMY)


@pytest.fixture(scope="module")
def graded() -> dict[str, list[Role]]:
    return {half: read_roles(half) for half in HALVES}


def test_every_role_has_thirty_candidates_of_the_pool_with_grades_from_0_to_3(graded):
    people = {person.id for person in read_people()}
    roles = [role for half in HALVES for role in graded[half]]
    assert len(people) == 200
    assert len({role.id for role in roles}) == len(roles) == 47
    for role in roles:
        assert len(role.grades) == SIZE
        assert people.issuperset(role.grades)
        assert set(role.grades.values()) <= {0, 1, 2, 3}
        assert max(role.grades.values()) == 3


def test_skills_occupations_and_sectors_are_the_taxonomys(graded):
    taxonomy = read_taxonomy()
    active = {code for code, row in taxonomy.skills.items() if row["status"] == "active"}
    roles = [role for half in HALVES for role in graded[half]]
    assert active.issuperset(code for person in read_people() for code in person.skills)
    assert active.issuperset(need.skill for role in roles for need in role.needs)
    assert set(taxonomy.occupations).issuperset(role.occupation for role in roles)
    assert {role.sector for role in roles} == set(taxonomy.categories)
    assert all(any(need.must for need in role.needs) for role in roles)


def test_halves_are_drawn_by_chance_within_a_language(graded):
    stated = {role.id: half for half in HALVES for role in graded[half]}
    assert stated == halves((role.id, role.lang) for half in HALVES for role in graded[half])
    assert {half: Counter(role.lang for role in graded[half]) for half in HALVES} == {
        "open": {"es": 12, "en": 11},
        "sealed": {"es": 12, "en": 12},
    }


def test_the_readme_counts_the_grades(graded):
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    counts = {half: Counter(grade for role in graded[half] for grade in role.grades.values()) for half in HALVES}
    for grade in range(4):
        line = next(line for line in readme.splitlines() if line.startswith(f"| {grade} | "))
        assert line.endswith(f"| {counts['open'][grade]} | {counts['sealed'][grade]} |")


def test_ndcg_by_hand():
    assert ndcg([3, 2, 1, 0]) == 1
    assert ndcg([0, 3]) == pytest.approx(1 / math.log2(3))
    assert ndcg([1, 3]) == pytest.approx((1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)))
    assert ndcg([0] * 10 + [3]) == 0
    assert math.isnan(ndcg([0, 0]))


def test_average_precision_by_hand():
    assert average_precision([2, 0, 3, 1]) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert math.isnan(average_precision([1, 0]))


def test_ties_are_neither_for_nor_against_anybody():
    found, _ = judged(np.zeros(2), [0, 3])
    assert 1 / math.log2(3) < found < 1
    assert judged(np.array([1.0, 2.0]), [0, 3]) == (1, 1)


def test_an_interval_holds_its_mean_and_shrinks_with_agreement():
    mean, low, high = interval([0.2, 0.4, 0.9])
    assert mean == pytest.approx(0.5)
    assert low < mean < high
    assert interval([0.5, 0.5]) == (0.5, 0.5, 0.5)


def test_our_score_is_the_engines_key(ours):
    technicians, roles = ours.technicians(PEOPLE), ours.roles(ROLES)
    found = ours(ROLES, PEOPLE)
    for row in range(len(ROLES)):
        for column in range(len(PEOPLE)):
            total, musts_met = pair(technicians, column, roles, row, ours.matrix)
            assert found[row, column] == ((int(musts_met) << 16) + total if total else 0)
    assert found[0, 0] > found[0, 1] > found[0, 2] > 0


def test_an_unproven_four_counts_as_three_and_essential_skills_weigh_more(ours):
    assert ours.technicians([person("b", tig=4)]).levels.tolist() == [3]
    needs = ours.roles([role(Need("mig", 1, must=False), Need("tig", 1, must=False))])
    weight = dict(zip((ours.matrix.codes[at] for at in needs.indices), needs.weights.tolist(), strict=True))
    assert weight["mig"] > weight["tig"]


def test_bm25_by_its_formula():
    people = [person("a", "mig mig acero"), person("b", "tig"), person("c", "acero")]
    scores = systems.bm25([role(text="MIG")], people)[0]
    lengths = [5, 3, 3]  # with the title, and the same title as experience
    spread = 1.2 * (1 - 0.75 + 0.75 * lengths[0] / np.mean(lengths))
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert scores[0] == pytest.approx(idf * 2 * 2.2 / (2 + spread))
    assert scores[1] == scores[2] == 0


def test_the_other_peers_by_hand():
    assert systems.jaccard(ROLES, PEOPLE)[0].tolist() == [1 / 2, 0, 1 / 2, 2 / 3]
    cosines = systems.skill_cosine(ROLES, PEOPLE)
    assert cosines[1, 1] == pytest.approx(1)
    assert cosines[1, 0] == 0
    texts = systems.text_cosine([role(text="acero")], [person("a", "ACERÓ"), person("b", "madera")])
    assert texts[0, 0] > texts[0, 1] == 0


def test_a_pool_has_the_first_of_every_system_and_some_by_chance():
    many = [person(f"p{n}") for n in range(100)]
    rising, falling = np.arange(1.0, 101), np.arange(100.0, 0, -1)
    pool = pooled("r1", [rising, falling, np.zeros(100)], many)
    assert len(set(pool)) == SIZE
    assert set(pool) >= {f"p{n}" for n in (*range(DEPTH), *range(100 - DEPTH, 100))}
    assert pool == pooled("r1", [rising, falling, np.zeros(100)], many) != pooled("r2", [rising, falling], many)
    crowded = pooled("r1", [np.roll(rising, 10 * n) for n in range(5)], many)
    assert len(crowded) == SIZE
    assert AT_LEAST_BY_CHANCE < SIZE


def test_places_share_the_middle_and_leave_out_the_person():
    scores = np.array([[3.0, 2.0, 2.0, 0.0]])
    assert places(scores, scores).tolist() == [[1, 2.5, 2.5, 4]]
    assert places(scores, np.array([[0.0, 9.0, 2.0, 0.0]])).tolist() == [[3.5, 1, 2.5, 4]]


def test_one_skill_more_lowers_nobody_under_our_score_and_does_under_jaccard(ours):
    codes = list(TAXONOMY.codes)
    assert moves(ROLES, PEOPLE, ours, codes)["one more: lower"] == 0
    assert moves(ROLES, PEOPLE, systems.jaccard, codes)["one more: lower"] > 0


def test_parity_counts_what_differs(ours):
    def finds_spanish_only(text: str) -> frozenset[str]:
        return frozenset({"mig"} if "Soldador" in text else ())

    found = languages([role()], PEOPLE, ours, finds_spanish_only)
    assert (found["skills alike"], found["first ten shared"]) == (0, 0)
    assert languages([role()], PEOPLE, ours, lambda _: frozenset({"mig"}))["first ten shared"] == 1
    gender = genders([role()], PEOPLE, ours, lambda text: frozenset({"mig"} if "Soldadora" in text else {"tig"}))
    assert (gender["role titles"], gender["lists that change"]) == (1, 1)
    assert swapped("Operadora de prensa") == "Operador de prensa"
