"""Lists: merging of shards, single moves in and out, and cutting into ranges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.lists import MatchLists, RankedList, merge_partial
from matching.engine.neighbors import CoverageNeighbors
from matching.engine.sharding import shard_ranges
from tests.matching.engine.worlds import matrix_of, roles_of, technicians_of

entries = st.dictionaries(st.integers(1, 12), st.integers(1, 6), max_size=12)


def ranked_list(orders: dict[int, int], k: int) -> RankedList:
    """A list computed from scratch."""
    best = sorted(orders.items(), key=lambda item: (-item[1], item[0]))
    ids, values = (
        np.array([i for i, _ in best[:k]], dtype=np.int64),
        np.array([o for _, o in best[:k]], dtype=np.uint64),
    )
    return RankedList(ids, values, np.full(ids.size, -1, dtype=np.int8), k, len(orders))


@given(entries, st.integers(0, 5), st.integers(1, 12), st.integers(1, 6))
def test_an_entry_moved_in_gives_the_list_from_scratch_or_says_that_it_fell_short(
    orders: dict[int, int], k: int, id_: int, order: int
) -> None:
    moved = ranked_list(orders, k).with_entry(id_, order, -1)
    fresh = ranked_list(orders | {id_: order}, k)
    if moved.has_fallen_short:
        assert moved.ids.tolist() == fresh.ids.tolist()[: moved.ids.size]
    else:
        assert moved.ids.tolist() == fresh.ids.tolist()
        assert moved.orders.tolist() == fresh.orders.tolist()


@given(entries, st.integers(0, 5), st.integers(1, 12))
def test_an_entry_taken_out_leaves_the_list_from_scratch_or_says_that_it_fell_short(
    orders: dict[int, int], k: int, id_: int
) -> None:
    left = ranked_list(orders, k).without(id_)
    fresh = ranked_list({other: order for other, order in orders.items() if other != id_}, k)
    assert left.has_fallen_short or left.ids.tolist() == fresh.ids.tolist()


def test_the_kth_order_says_what_a_newcomer_must_beat() -> None:
    assert ranked_list({1: 9 << 47, 2: 5 << 47}, 2).kth_order == 5 << 47
    assert ranked_list({1: 9 << 47, 2: 5 << 47}, 2).kth_key == 5
    assert ranked_list({1: 9 << 47}, 2).kth_order == 0
    lists = role_lists([{0: 3}, {0: 2}], ids=[1, 2])
    assert lists.full.kth_keys.tolist() == [0]
    assert lists[-1].owner_id == 101
    assert [one.owner_id for one in lists[0:1]] == [101]


def role_lists(profiles: list[dict[int, int]], ids: list[int], roles: int = 1) -> MatchLists:
    people = technicians_of(profiles, 1, ids=ids)
    return CoverageNeighbors(matrix_of([[100]])).match(people, roles_of([[(0, 3, 1.0, False)]] * roles, 1)).roles


def test_overlapping_or_foreign_parts_are_refused() -> None:
    one = role_lists([{0: 3}], ids=[1])
    with pytest.raises(ValueError, match="id 1 stands in two parts"):
        merge_partial(one, one)
    with pytest.raises(ValueError, match="different owners"):
        merge_partial(one, role_lists([{0: 3}], ids=[2], roles=2))
    with pytest.raises(ValueError, match="nothing to merge"):
        merge_partial()


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 9))
def test_ranges_cover_everything_once_and_none_is_empty(cost: list[int], shards: int) -> None:
    ranges = shard_ranges(len(cost), cost, shards)
    assert [row for start, stop in ranges for row in range(start, stop)] == list(range(len(cost)))
    assert len(ranges) <= shards
    assert all(start < stop for start, stop in ranges)


def test_ranges_have_about_equal_cost() -> None:
    assert shard_ranges(10, None, 2) == [(0, 5), (5, 10)]
    assert shard_ranges(4, [9, 1, 1, 1], 2) == [(0, 1), (1, 4)]
    with pytest.raises(ValueError, match="at least 1"):
        shard_ranges(3, None, 0)
    with pytest.raises(ValueError, match="finite"):
        shard_ranges(2, [1, float("nan")], 2)
