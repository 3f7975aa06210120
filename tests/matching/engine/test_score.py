"""Properties of the score: monotone, explained exactly, shown as it is."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.engine.constants import MAX_SUM
from matching.engine.explain import explain
from matching.engine.neighbors import CoverageNeighbors
from matching.engine.score import display_score, key_sums, make_keys, reachable, splitmix64
from tests.matching.engine.worlds import DAY, LIMITS, World, matrix_of, roles_of, technicians_of, worlds


@given(worlds(people=4), st.integers(0, 7), st.integers(1, 4))
def test_an_added_skill_or_a_raised_level_never_lowers_a_score(world: World, column: int, level: int) -> None:
    assume(column < world.matrix.n_skills)
    for row in range(len(world.technicians)):
        before = world.technicians.take([row])
        profile = dict(zip(before.indices.tolist(), before.levels.tolist(), strict=True))
        more = profile | {column: max(level, profile.get(column, 0))}
        after = technicians_of([more], world.matrix.n_skills, has=before.has)
        for place in range(len(world.roles)):
            role = world.roles.take([place])
            assert explain(after, role, world.matrix).key >= explain(before, role, world.matrix).key


@given(worlds())
def test_contributions_sum_to_the_key_and_name_the_failed_limit(world: World) -> None:
    lists = CoverageNeighbors(world.matrix, day=DAY).match(world.technicians, world.roles).technicians
    row_of = {int(id_): row for row, id_ in enumerate(world.roles.ids)}
    for person, one in enumerate(lists):
        for part in (one.full, one.near):
            for id_, key, failed in zip(part.ids, part.keys, part.failed, strict=True):
                why = explain(world.technicians.take([person]), world.roles.take([row_of[int(id_)]]), world.matrix)
                assert why.key == key
                assert why.total == key & 0xFFFF
                assert why.failed_limits == (() if failed < 0 else (LIMITS.names[failed],))
                assert bool(why.missing_musts) == (key >> 16 == 0)
                assert why.reachable == bool(reachable(key, failed))


def test_an_explanation_names_the_best_evidence_for_each_need() -> None:
    # Needs: 0 (must, level 2), 1 (level 4), 2 (level 3); skill 3 covers 1 by 80, skill 4 covers 0 by 100.
    table = np.zeros((5, 5))
    table[1, 3], table[0, 4] = 80, 100
    person = technicians_of([{0: 2, 3: 2, 4: 4}], 5)
    role = roles_of([[(0, 2, 2.0, True), (1, 4, 2.0, True), (2, 3, 1.0, False)]], 5)
    why = explain(person, role, matrix_of(table))
    found = {need.skill: (need.status, need.by, need.by_level, need.relatedness, need.coverage) for need in why.needs}
    assert found == {
        "s000": ("covered", "s000", 2, 100, 100),  # itself, not the equal s004
        "s001": ("partly", "s003", 2, 80, 40),  # 80 * 2 // 4
        "s002": ("missing", None, 0, 0, 0),
    }
    assert why.missing_musts == ("s001",)
    assert why.total == 260 * 100 + 260 * 40
    assert why.score == 56.0
    assert not why.reachable


def test_reachable_needs_the_musts_every_limit_and_three_fifths() -> None:
    enough = MAX_SUM * 6 // 10
    keys = make_keys([enough, enough - 1, MAX_SUM, enough], [True, True, False, True])
    assert reachable(keys, [-1, -1, -1, 2]).tolist() == [True, False, False, False]
    assert key_sums(keys).tolist() == [enough, enough - 1, MAX_SUM, enough]


def test_the_shown_score_has_one_decimal_and_full_is_a_hundred() -> None:
    assert [display_score(key) for key in (0, 65_000, 65_000 | 1 << 16, 32, 33, 39_000)] == [0, 100, 100, 0.0, 0.1, 60]


def test_the_hash_is_splitmix64() -> None:
    # The reference generator's first output for seed 0.
    assert int(splitmix64(np.array([0], dtype=np.uint64))[0]) == 0xE220A8397B1DCDAF
