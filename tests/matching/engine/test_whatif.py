"""A role that is not saved gets what its list would be, and each condition's effect is that of dropping it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.arrays import Limits, Roles
from matching.engine.holders import Holders
from matching.engine.joining import join_technicians, lists_of, others, without
from matching.engine.lists import OwnerLists
from matching.engine.neighbors import CoverageNeighbors
from matching.engine.whatif import Condition, what_if
from tests.matching.engine.worlds import (
    DAY,
    LIMITS,
    SETTINGS,
    World,
    matrix_of,
    plain,
    roles_of,
    technicians_of,
    worlds,
)


def dropped(role: Roles, condition: Condition) -> Roles:
    """The same role, not insisting on one condition."""
    if condition.column is not None:
        return replace(role, must=role.must & (role.indices != condition.column))
    need = role.need.copy()
    where = {spec.name: columns for spec, columns in LIMITS.slices()}[condition.limit]
    if condition.bit is None:
        need[:, where] = 0
    else:
        need[:, where.start + condition.bit // 64] &= ~np.uint64(1 << condition.bit % 64)
    return replace(role, need=need)


def listed(world: World, role: Roles) -> OwnerLists:
    """What the estimator says, in a list that is long enough for all."""
    settings = SETTINGS | {"min_neighbors_role": 100}
    return CoverageNeighbors(world.matrix, **settings).fit(world.technicians).match_one_role(role).lists


@given(worlds(people=12, vacancies=3), st.integers(1, 4), st.integers(0, 12))
def test_it_is_the_list_and_each_condition_counts_what_dropping_it_adds(world: World, top: int, cut: int) -> None:
    people, first = world.technicians, min(cut, len(world.technicians))
    groups = [(Holders.of(people.take(rows)), None) for rows in (slice(0, first), slice(first, None))]
    for row in range(len(world.roles)):
        role = world.roles.take([row])
        found, expected = what_if(groups, role, world.matrix, day=DAY, top=top), listed(world, role)
        assert (found.reachable, found.found) == (expected.reachable, expected.full.found)
        assert found.ids.tolist() == expected.full.ids.tolist()[:top]
        assert found.orders.tolist() == expected.full.orders.tolist()[:top]
        for told in found.without:
            assert told.added == listed(world, dropped(role, told.condition)).reachable - expected.reachable
        asked = [told.condition for told in found.without]
        assert len(set(asked)) == len(asked)
        assert {one.column for one in asked if one.column is not None} == set(role.indices[role.must].tolist())
        bits = sum(
            int(word).bit_count()
            for spec, where in LIMITS.slices()
            if spec.mode == "all"
            for word in role.need[0, where]
        )
        either = sum(bool(role.need[0, where].any()) for spec, where in LIMITS.slices() if spec.mode == "any")
        assert len([one for one in asked if one.limit]) == bits + either
        assert [told.added for told in found.without] == sorted((told.added for told in found.without), reverse=True)


@given(worlds(people=12, vacancies=2), st.lists(st.booleans(), min_size=12, max_size=12))
def test_people_who_do_not_count_are_as_if_not_there(world: World, mask: list[bool]) -> None:
    people = world.technicians
    counted = np.array(mask[: len(people)], dtype=bool)
    for row in range(len(world.roles)):
        role = world.roles.take([row])
        masked = what_if([(Holders.of(people), counted)], role, world.matrix, day=DAY, top=5)
        alone = what_if([(Holders.of(people.take(counted)), None)], role, world.matrix, day=DAY, top=5)
        assert (masked.reachable, masked.found, masked.ids.tolist()) == (
            alone.reachable, alone.found, alone.ids.tolist(),
        )  # fmt: skip
        assert masked.without == alone.without


@given(worlds(people=12, vacancies=3), st.lists(st.sampled_from("kcl"), min_size=12, max_size=12))
def test_lists_from_what_is_kept_and_what_changed_are_those_of_all_at_once(world: World, fate: list[str]) -> None:
    """Each person is kept, changed (here: read again) or left; one who left counts nowhere."""
    people = world.technicians.take(np.argsort(world.technicians.ids))
    fates = np.array(fate[: len(people)] or ["k"])[: len(people)]
    stale = people.ids[fates != "k"]
    fresh = people.take(np.flatnonzero(fates == "c"))
    now = join_technicians([fresh, people.take(others(people.ids, stale))])
    assert now.ids.tolist() == sorted(people.ids[fates != "l"].tolist())
    for row in range(len(world.roles)):
        role = world.roles.take([row])
        base, added, expected = (
            CoverageNeighbors(world.matrix, **SETTINGS).fit(some).match_one_role(role) for some in (people, fresh, now)
        )
        lists = lists_of(base.lists, [without(base.pairs, stale), added.pairs])
        assert plain([lists]) == plain([expected.lists])  # type: ignore[arg-type]


def test_the_one_thing_that_keeps_most_people_out_comes_first() -> None:
    people = technicians_of(
        [{0: 3, 1: 3}, {0: 3}, {0: 3}, {0: 1}],
        2,
        has=np.array([[1, 0, 0, 0, 0, 0]] * 3 + [[2, 0, 0, 0, 0, 0]], dtype=np.uint64),
    )
    role = roles_of([[(0, 1, 9.0, False), (1, 1, 1.0, True)]], 2, need=np.array([[1, 0, 0, 0, 0, 0]], dtype=np.uint64))
    found = what_if([(Holders.of(people), None)], role, matrix_of(np.zeros((2, 2))), day=DAY, top=2)
    assert found.reachable == 1
    assert [(told.condition, told.added) for told in found.without] == [
        (Condition(column=1), 2),
        (Condition("shift"), 0),
    ]
    assert found.found == 3


def test_nobody_at_all_is_no_failure() -> None:
    role = roles_of([[(0, 1, 1.0, True)]], 1)
    empty = what_if([], role, matrix_of([[100]]), day=DAY, top=3)
    assert (empty.reachable, empty.found, empty.ids.size) == (0, 0, 0)
    none = what_if([(Holders.of(technicians_of([], 1)), None)], role, matrix_of([[100]]), day=DAY, top=3)
    assert (none.reachable, none.ids.size, [told.added for told in none.without]) == (0, 0, [0])


def test_wrong_use_is_refused_with_the_reason() -> None:
    people, role, matrix = technicians_of([{0: 3}], 1), roles_of([[(0, 3, 1.0, False)]], 1), matrix_of([[100]])
    unlimited = technicians_of([{0: 3}], 1, limits=Limits())
    for match, call in [
        ("exactly one", lambda: what_if([], role.take([0, 0]), matrix, day=DAY, top=1)),
        (
            "vocabularies",
            lambda: what_if([(Holders.of(people), None)], role, matrix_of(np.zeros((2, 2))), day=DAY, top=1),
        ),
        ("limits", lambda: what_if([(Holders.of(unlimited), None)], role, matrix, day=DAY, top=1)),
        ("two parts", lambda: join_technicians([people, people])),
        ("cannot be joined", lambda: join_technicians([people, unlimited])),
    ]:
        with pytest.raises(ValueError, match=match):
            call()
