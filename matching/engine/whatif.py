"""One role that nobody has saved yet against everybody: who is within reach, who stands first, and which single
condition keeps the most people out. NumPy alone, so that a web process can ask; the same integers as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.arrays import Roles
from matching.engine.constants import (
    MAX_LEVEL,
    MUST_COVERED,
    REACHABLE_PERCENT,
    WEIGHT_SUM,
    BoolArray,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt64Array,
)
from matching.engine.holders import Holders
from matching.engine.limits import WORD_BITS, LimitSpec, fails
from matching.engine.matrix import RelatednessMatrix
from matching.engine.score import KEY_SHIFT, day_hash, make_keys, pair_hash, tie_base
from matching.engine.selection import ranked

ENOUGH = REACHABLE_PERCENT * WEIGHT_SUM


@dataclass(frozen=True)
class Condition:
    """One thing that a role insists on: a must-have (``column``), or a limit by its name.

    ``bit`` says which one where the limit asks for every bit (a certificate); None where one of several is enough (a
    shift), which is a single condition.
    """

    limit: str = ""
    bit: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Without:
    """How many more would be within reach if the role did not insist on one condition. A must-have stays a plus."""

    condition: Condition
    added: int


@dataclass(frozen=True, eq=False)
class WhatIf:
    """``reachable``: all limits and musts met and a score of T; ``found``: all limits met and something covered.

    ``ids`` and ``orders`` are the first of those found, best first, as in a role's list. ``without`` holds every
    condition of the role, the one that keeps most people out first.
    """

    reachable: int
    found: int
    ids: Int64Array
    orders: UInt64Array
    without: tuple[Without, ...]


def what_if(
    groups: Sequence[tuple[Holders, BoolArray | None]],
    role: Roles,
    relatedness: RelatednessMatrix,
    *,
    day: int,
    top: int,
) -> WhatIf:
    """One role (``len`` 1) against groups of people who share nobody, each with a mask of the rows that count (None:
    all of them).

    Raises ValueError for more or fewer than one role, and for other vocabularies or limits.
    """
    if len(role) != 1:
        raise ValueError(f"needs exactly one role, not {len(role)}")
    conditions = _conditions(role)
    reachable, found = 0, 0
    added = np.zeros(len(conditions), dtype=np.int64)
    firsts: list[tuple[Int64Array, UInt64Array]] = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64))]
    for holders, counted in groups:
        if not holders.people.n_skills == role.n_skills == relatedness.n_skills:
            raise ValueError("technicians, role and relatedness have different vocabularies: use .over()")
        if holders.people.limits != role.limits:
            raise ValueError("technicians and role were built with different limits")
        group = _Group(holders, role, relatedness, conditions)
        if counted is not None:
            group.total[~counted] = 0
        enough = group.total >= ENOUGH
        reachable += int((enough & (group.broken == 0)).sum())
        added += np.bincount(group.last[enough & (group.broken == 1)], minlength=len(conditions))
        able = np.flatnonzero((group.total > 0) & (group.limits_broken == 0))
        found += able.size
        firsts.append(group.first_of(able, role, day, top))
    ids, orders = (np.concatenate(column) for column in zip(*firsts, strict=True))
    chosen = ranked(np.zeros(ids.size, dtype=np.int64), orders, ids)[:top]
    without = [Without(condition, int(more)) for (condition, *_), more in zip(conditions, added, strict=True)]
    by_effect = sorted(range(len(without)), key=lambda number: (-without[number].added, number))
    return WhatIf(reachable, found, ids[chosen], orders[chosen], tuple(without[number] for number in by_effect))


_Told = tuple[Condition, LimitSpec | None, slice, UInt64Array]


def _conditions(role: Roles) -> list[_Told]:
    """Musts in the order of columns, then limits; one that asks for every bit is as many conditions as bits."""
    nothing = np.zeros(0, dtype=np.uint64)
    told: list[_Told] = [
        (Condition(column=column), None, slice(0), nothing) for column in role.indices[role.must].tolist()
    ]
    for spec, where in role.limits.slices():
        words = role.need[0, where]
        if not words.any():
            continue
        if spec.mode == "any":
            told.append((Condition(spec.name), spec, where, words))
            continue
        for bit in range(spec.words * WORD_BITS):
            one = np.zeros_like(words)
            one[bit // WORD_BITS] = np.uint64(1) << np.uint64(bit % WORD_BITS)
            if (words & one).any():
                told.append((Condition(spec.name, bit=bit), spec, where, one))
    return told


class _Group:
    """A group of people scored: sums, how many conditions each breaks, and the last of these.

    ``total`` int32[n], ``broken`` and ``limits_broken`` int16[n], ``last`` int16[n] (the only one broken where that is
    one).
    """

    def __init__(
        self, holders: Holders, role: Roles, relatedness: RelatednessMatrix, conditions: Sequence[_Told]
    ) -> None:
        n = len(holders.people)
        self.people = holders.people
        self.total: Int32Array = np.zeros(n, dtype=np.int32)
        self.broken, self.limits_broken = np.zeros(n, dtype=np.int16), np.zeros(n, dtype=np.int16)
        self.last = np.zeros(n, dtype=np.int16)
        self.musts_met: BoolArray = np.ones(n, dtype=bool)
        number = 0
        for entry in range(role.indices.size):
            best = _best(holders, role, relatedness, entry)
            self.total += best.astype(np.int32) * np.int32(role.weights[entry])
            if role.must[entry]:
                lacking = best < MUST_COVERED
                self.musts_met &= ~lacking
                self._note(number, lacking)
                number += 1
        for number, (_condition, spec, where, words) in enumerate(conditions):
            if spec is not None:
                failing = fails(spec, words, self.people.has[:, where])
                self._note(number, failing)
                self.limits_broken += failing

    def _note(self, number: int, breaking: BoolArray) -> None:
        self.broken += breaking
        self.last[breaking] = number

    def first_of(self, able: Int64Array, role: Roles, day: int, top: int) -> tuple[Int64Array, UInt64Array]:
        """Ids and whole orders of those among the rows ``able`` who can be among the first ``top``."""
        ids = self.people.ids[able]
        keys = make_keys(self.total[able], self.musts_met[able]).astype(np.uint64) << np.uint64(KEY_SHIFT)
        base = tie_base(self.people.evidence[able], self.people.freshness[able], day)
        orders = keys | base | pair_hash(day_hash(ids, day), np.repeat(role.ids, able.size))
        if able.size > top:
            lowest = np.partition(orders, able.size - top)[able.size - top]
            ids, orders = ids[orders >= lowest], orders[orders >= lowest]
        return ids, orders


def _best(holders: Holders, role: Roles, relatedness: RelatednessMatrix, entry: int) -> UInt8Array:
    """How far everybody covers one need: uint8[n]."""
    needed, asked = int(role.indices[entry]), int(role.levels[entry])
    best = np.zeros(len(holders.people), dtype=np.uint8)
    matrix = relatedness.relatedness
    where = slice(int(matrix.indptr[needed]), int(matrix.indptr[needed + 1]))
    at_level = np.minimum(np.arange(MAX_LEVEL + 1), asked)
    for held, related in zip(matrix.indices[where].tolist(), matrix.data[where].tolist(), strict=True):
        rows, levels = holders.of_skill(held)
        worth = (related * at_level // asked).astype(np.uint8)[levels]
        best[rows] = np.maximum(best[rows], worth)
    return best
