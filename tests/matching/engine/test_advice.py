"""What one more skill would open is what scoring the person again with that skill says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.advice import skill_gains
from matching.engine.arrays import Limits, Technicians
from matching.engine.explain import explain
from tests.matching.engine.worlds import World, matrix_of, roles_of, technicians_of, worlds


def with_skill(technician: Technicians, column: int, level: int) -> Technicians:
    """The same person with one more skill, or a better one."""
    held = dict(zip(technician.indices.tolist(), technician.levels.tolist(), strict=True))
    held[column] = max(level, held.get(column, 0))
    return technicians_of([held], technician.n_skills, ids=technician.ids, has=technician.has)


def reached(technician: Technicians, world: World) -> set[int]:
    rows = range(len(world.roles))
    return {row for row in rows if explain(technician, world.roles.take([row]), world.matrix).reachable}


@given(worlds(people=2, vacancies=8), st.integers(1, 4))
def test_gains_are_those_of_scoring_again(world: World, level: int) -> None:
    for row in range(len(world.technicians)):
        me = world.technicians.take([row])
        now = reached(me, world)
        gains = skill_gains(me, world.roles, world.matrix, level=level)
        assert gains.reachable == len(now)
        assert gains.openings_now == sum(int(world.roles.openings[one]) for one in now)
        told = dict(
            zip(gains.columns.tolist(), zip(gains.roles.tolist(), gains.openings.tolist(), strict=True), strict=True)
        )
        for column in range(me.n_skills):
            new = reached(with_skill(me, column, level), world) - now
            openings = sum(int(world.roles.openings[one]) for one in new)
            assert told.get(column, (0, 0)) == (len(new), openings)


def test_the_best_comes_first_and_nothing_is_no_advice() -> None:
    me = technicians_of([{0: 3}], 4)
    roles = roles_of(
        [[(0, 2, 1.0, False), (1, 2, 2.0, True)], [(0, 2, 1.0, False), (2, 2, 2.0, True)], [(2, 1, 1.0, False)]],
        4,
        openings=[5, 2, 2],
    )
    gains = skill_gains(me, roles, matrix_of(np.zeros((4, 4))), level=2)
    assert gains.columns.tolist() == [1, 2]
    assert gains.openings.tolist() == [5, 4]
    assert gains.roles.tolist() == [1, 2]
    nobody = skill_gains(me, roles.take([]), matrix_of(np.zeros((4, 4))), level=2)
    assert (nobody.columns.size, nobody.reachable) == (0, 0)


def test_wrong_use_is_refused_with_the_reason() -> None:
    me, roles, matrix = technicians_of([{0: 3}], 1), roles_of([[(0, 3, 1.0, False)]], 1), matrix_of([[100]])
    for match, call in [
        ("exactly one", lambda: skill_gains(me.take([0, 0]), roles, matrix, level=2)),
        ("level", lambda: skill_gains(me, roles, matrix, level=5)),
        ("vocabularies", lambda: skill_gains(me, roles, matrix_of(np.zeros((2, 2))), level=2)),
        ("limits", lambda: skill_gains(technicians_of([{0: 3}], 1, limits=Limits()), roles, matrix, level=2)),
    ]:
        with pytest.raises(ValueError, match=match):
            call()
