"""Bad input is refused with the reason; good input keeps its meaning when it is cut."""

import numpy as np
import pytest

from matching.engine.arrays import (
    Limits,
    LimitSpec,
    SkillVocabulary,
    cap_level,
    group_rows,
    standard_limits,
)
from matching.engine.limits import fails
from tests.matching.engine.worlds import LIMITS, roles_of, technicians_of


def test_a_vocabulary_is_the_same_whatever_the_order() -> None:
    one, two = SkillVocabulary(["b", "a", "c", "a"]), SkillVocabulary(["c", "b", "a"])
    assert one == two
    assert one.columns(["c", "a"]).tolist() == [2, 0]
    with pytest.raises(KeyError, match="nope"):
        one.columns(["nope"])


def test_four_counts_only_when_proven() -> None:
    assert [cap_level(level, proven=False) for level in (1, 3, 4)] == [1, 3, 3]
    assert cap_level(4, proven=True) == 4


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_role_with_a_bad_weight_is_refused_by_name(weight: float) -> None:
    with pytest.raises(ValueError, match="roles: 101: a weight"):
        roles_of([[(0, 1, 1.0, False), (1, 1, weight, False)]], 2)


@pytest.mark.parametrize("level", [0, 5, 2.5, float("nan"), -1])
def test_a_level_outside_one_to_four_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        technicians_of([{0: level}], 1)
    with pytest.raises(ValueError, match="level"):
        roles_of([[(0, level, 1.0, False)]], 1)


def test_other_bad_rows_are_refused_with_the_reason(subtests: pytest.Subtests) -> None:
    for name, match, call in [
        ("skill twice", "101 has skill column 1 twice", lambda: roles_of([[(1, 1, 1.0, False), (1, 2, 1.0, True)]], 2)),
        (
            "81 skills",
            "1 has 81 skills; a profile holds at most 80",
            lambda: technicians_of([dict.fromkeys(range(81), 1)], 90),
        ),
        ("column", "skill column", lambda: technicians_of([{7: 1}], 7)),
        ("id twice", "an id occurs twice", lambda: technicians_of([{}, {}], 1, ids=[3, 3])),
        ("words", "limit words", lambda: technicians_of([{}], 1, has=np.zeros((1, 99), dtype=np.uint64))),
        ("signed words", "uint64", lambda: technicians_of([{}], 1, has=np.zeros((1, LIMITS.width), dtype=np.int64))),
        ("evidence", "evidence", lambda: technicians_of([{}], 1, evidence=[256])),
        ("evidence share", "evidence", lambda: technicians_of([{}], 1, evidence=[1.5])),
        ("openings", "openings", lambda: roles_of([[]], 1, openings=[0])),
    ]:
        with subtests.test(name), pytest.raises(ValueError, match=match):
            call()


def test_eighty_skills_and_a_role_without_needs_are_fine() -> None:
    assert technicians_of([dict.fromkeys(range(80), 1)], 80).indices.size == 80
    assert roles_of([[]], 1).weights.size == 0


def test_the_order_of_skills_in_a_profile_or_role_does_not_matter() -> None:
    needs = [(2, 1, 1.0, False), (0, 2, 1.0, True), (1, 3, 1.0, False)]
    one, two = roles_of([needs], 3), roles_of([needs[::-1]], 3)
    for name in ("indices", "levels", "weights", "must"):
        assert getattr(one, name).tolist() == getattr(two, name).tolist()
    assert technicians_of([{2: 1, 0: 3}], 3).levels.tolist() == [3, 1]


def test_take_cuts_by_range_mask_and_numbers() -> None:
    people = technicians_of([{0: 1}, {}, {1: 2, 2: 3}, {2: 4}], 3, evidence=[1, 2, 3, 4])
    for rows in (slice(2, 4), np.array([False, False, True, True]), [2, 3], [-2, -1]):
        cut = people.take(rows)
        assert cut.ids.tolist() == [3, 4]
        assert cut.indptr.tolist() == [0, 2, 3]
        assert cut.levels.tolist() == [2, 3, 4]
        assert cut.evidence.tolist() == [3, 4]
    assert people.take(slice(1, 3)).indices.base is not None, "a range is a view, so that a memory map is not copied"


def test_rows_are_grouped_by_owner_in_the_order_of_the_ids() -> None:
    indptr, order = group_rows([30, 10, 20], [10, 30, 10])
    assert indptr.tolist() == [0, 1, 3, 3]
    assert order.tolist() == [1, 0, 2]
    with pytest.raises(ValueError, match="owner 99"):
        group_rows([1], [99])


def test_limits_of_more_than_64_bits_are_compared_word_by_word() -> None:
    limits = Limits((LimitSpec("zone", "any", 2), LimitSpec("card", "all", 2)))
    zone, card = (where for _, where in limits.slices())
    need = limits.pack({"zone": [3, 70], "card": [0, 127]})
    near = limits.pack({"zone": [70], "card": [0]})
    assert not fails(limits.specs[0], need[zone], near[zone])
    assert fails(limits.specs[1], need[card], near[card])
    assert not fails(limits.specs[1], need[card], limits.pack({"card": [0, 1, 127]})[card])
    assert fails(limits.specs[0], need[zone], limits.pack({"card": [3]})[zone])
    assert not fails(limits.specs[0], limits.pack({})[zone], limits.pack({})[zone]), "nothing needed, nothing failed"


def test_a_limit_refuses_bits_it_has_no_room_for() -> None:
    limits = standard_limits(zones=130, credentials=3)
    assert dict(zip(limits.names, (spec.words for spec in limits.specs), strict=True))["commute"] == 3
    with pytest.raises(ValueError, match="bit 64"):
        limits.pack({"credential": [64]})
    with pytest.raises(ValueError, match="unknown limit 'shoe'"):
        limits.pack({"shoe": [1]})
    with pytest.raises(ValueError, match="mode"):
        LimitSpec("x", "some")  # type: ignore[arg-type]
