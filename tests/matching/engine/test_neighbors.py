"""The fast path gives the oracle's integers, whatever the blocks, the shards and the order of the input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from matching.engine import oracle
from matching.engine.arrays import Limits
from matching.engine.lists import merge_partial
from matching.engine.neighbors import CoverageNeighbors
from matching.engine.sharding import shard_ranges
from tests.matching.engine.worlds import (
    DAY,
    SETTINGS,
    World,
    assert_same,
    matrix_of,
    plain,
    roles_of,
    technicians_of,
    worlds,
)


def neighbors(world: World, **settings: int) -> CoverageNeighbors:
    return CoverageNeighbors(world.matrix, **(SETTINGS | settings))


@given(worlds(), st.sampled_from([1, 20, 2_000_000]))
def test_both_sides_equal_the_oracle_for_every_block_size(world: World, block: int) -> None:
    people, vacancies = oracle.match(
        world.technicians, world.roles, world.matrix, day=DAY, k_technician=3, k_roles=world.k_roles, k_near=2
    )
    fast = neighbors(world, block_cells=block)
    both = fast.match(world.technicians, world.roles)
    assert_same(both.technicians, people)
    assert_same(both.roles, vacancies)
    assert_same(fast.fit(world.technicians).kneighbors(world.roles), vacancies)
    assert_same(fast.fit(world.roles).kneighbors(world.technicians), people)


@given(worlds(), st.sampled_from([1, 2, 7]), st.randoms(use_true_random=False))
def test_shards_in_any_order_equal_the_single_run(world: World, shards: int, random: st.DataObject) -> None:
    fast = neighbors(world)
    single = fast.match(world.technicians, world.roles)
    ranges = shard_ranges(len(world.technicians), None, shards) or [(0, 0)]
    parts = [fast.match(world.technicians.take(slice(*one)), world.roles) for one in ranges]
    assert [row for part in parts for row in plain(part.technicians)] == plain(single.technicians)
    random.shuffle(parts)
    assert plain(merge_partial(*(part.roles for part in parts))) == plain(single.roles)


@given(worlds(), st.integers(0, 2**32 - 1))
def test_the_order_of_input_changes_nothing(world: World, seed: int) -> None:
    g = np.random.default_rng(seed)
    people = world.technicians.take(g.permutation(len(world.technicians)))
    vacancies = world.roles.take(g.permutation(len(world.roles)))
    one, two = neighbors(world).match(world.technicians, world.roles), neighbors(world).match(people, vacancies)
    assert sorted(plain(one.technicians)) == sorted(plain(two.technicians))
    assert sorted(plain(one.roles)) == sorted(plain(two.roles))


@given(worlds())
def test_single_updates_equal_the_rows_of_the_whole(world: World) -> None:
    both = neighbors(world).match(world.technicians, world.roles)
    on_roles, on_people = neighbors(world).fit(world.roles), neighbors(world).fit(world.technicians)
    for row in range(len(world.technicians)):
        one = on_roles.match_one_technician(world.technicians.take([row]))
        assert _rows([one.lists]) == _rows([both.technicians[row]])
    for row in range(len(world.roles)):
        one = on_people.match_one_role(world.roles.take([row]))
        assert _rows([one.lists]) == _rows([both.roles[row]])
        assert one.pairs.ids.size == one.lists.full.found + one.lists.near.found
        assert (np.diff(one.pairs.ids) > 0).all()


def _rows(lists: list) -> list:
    return [(o.owner_id, o.full.ids.tolist(), o.full.orders.tolist(), o.near.ids.tolist(), o.reachable) for o in lists]


def test_ties_rotate_by_day_and_are_the_same_on_every_run() -> None:
    people = technicians_of([{0: 3}] * 30, 1)
    roles = roles_of([[(0, 3, 1.0, True)]], 1)
    by_day = {
        day: [
            CoverageNeighbors(matrix_of([[100]]), day=day).match(people, roles).roles[0].full.ids.tolist() for _ in "ab"
        ]
        for day in (DAY, DAY + 1)
    }
    assert by_day[DAY][0] == by_day[DAY][1] != by_day[DAY + 1][0]
    assert by_day[DAY][0][:5] == [6, 12, 2, 15, 5]  # the hash is part of the contract: the same on every machine


def test_evidence_then_fresh_weeks_order_equals() -> None:
    people = technicians_of([{0: 3}] * 3, 1, evidence=[10, 200, 200], freshness=[DAY, DAY - 30, DAY - 3])
    lists = CoverageNeighbors(matrix_of([[100]]), day=DAY).match(people, roles_of([[(0, 3, 1.0, False)]], 1)).roles
    assert lists[0].full.ids.tolist() == [3, 2, 1]


def test_lists_are_as_long_as_openings_ask() -> None:
    people = technicians_of([{0: 3}] * 300, 1)
    roles = roles_of([[(0, 3, 1.0, False)]] * 2, 1, openings=[1, 25])
    lists = CoverageNeighbors(matrix_of([[100]])).fit(people).kneighbors(roles)
    assert [len(one.full.ids) for one in lists] == [100, 250]
    assert [one.full.found for one in lists] == [300, 300]
    assert [one.reachable for one in lists] == [300, 300]


def test_a_pair_that_meets_its_musts_stands_before_a_higher_score_that_does_not() -> None:
    people = technicians_of([{1: 3, 2: 3}, {0: 2}], 3)
    roles = roles_of([[(0, 2, 1.0, True), (1, 3, 3.0, False), (2, 3, 3.0, False)]], 3)
    full = CoverageNeighbors(matrix_of(np.zeros((3, 3)))).match(people, roles).roles[0].full
    assert full.ids.tolist() == [2, 1]
    assert (full.keys & 0xFFFF)[0] < (full.keys & 0xFFFF)[1]


def test_wrong_use_is_refused_with_the_reason(subtests: pytest.Subtests) -> None:
    people, roles = technicians_of([{0: 3}], 1), roles_of([[(0, 3, 1.0, False)]], 1)
    fine = matrix_of([[100]])
    for name, error, match, call in [
        ("unfitted", NotFittedError, "not fitted", lambda: CoverageNeighbors(fine).kneighbors(roles)),
        ("same side", TypeError, "roles to be fitted", lambda: CoverageNeighbors(fine).fit(people).kneighbors(people)),
        ("no side", TypeError, "Technicians or Roles", lambda: CoverageNeighbors(fine).fit(np.zeros((2, 2)))),
        ("no relatedness", TypeError, "RelatednessMatrix", lambda: CoverageNeighbors().fit(roles)),
        ("columns", ValueError, "over", lambda: CoverageNeighbors(matrix_of(np.zeros((2, 2)))).fit(people)),
        ("negative k", ValueError, "n_near", lambda: CoverageNeighbors(fine, n_near=-1).fit(people)),
        ("no backend", ValueError, "backend", lambda: CoverageNeighbors(fine, backend="fast").fit(people)),
        ("no threads", ValueError, "n_jobs", lambda: CoverageNeighbors(fine, n_jobs=0).fit(people)),
        ("other roles", ValueError, "over", lambda: CoverageNeighbors(fine).match(people, roles_of([[]], 2))),
        ("no block", ValueError, "block_cells", lambda: CoverageNeighbors(fine, block_cells=0).fit(people)),
        (
            "two",
            ValueError,
            "exactly one",
            lambda: CoverageNeighbors(fine).fit(roles).match_one_technician(people.take([0, 0])),
        ),
        (
            "limits",
            ValueError,
            "different limits",
            lambda: CoverageNeighbors(fine).match(technicians_of([{0: 3}], 1, limits=Limits()), roles),
        ),
    ]:
        with subtests.test(name), pytest.raises(error, match=match):
            call()
