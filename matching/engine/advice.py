"""What one more skill would open: exact, for every skill at once, without scoring anybody again.

A role's score is a sum over its needs, each covered by the best skill. One more skill can only raise single
coverages, so what it adds to each role is a sum over the needs it is related to, and nothing else has to be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.arrays import Roles, Technicians
from matching.engine.constants import (
    MAX_LEVEL,
    MIN_LEVEL,
    MUST_COVERED,
    REACHABLE_PERCENT,
    WEIGHT_SUM,
    BoolArray,
    Int64Array,
)
from matching.engine.csr import row_numbers, spread
from matching.engine.limits import fails
from matching.engine.matrix import RelatednessMatrix

ENOUGH = REACHABLE_PERCENT * WEIGHT_SUM


@dataclass(frozen=True, eq=False)
class Gains:
    """What each skill would open, best first: parallel arrays. ``reachable`` and ``openings_now`` are as things are.

    Skills that would open nothing are not listed. Order: openings, then roles, then the smaller column.
    """

    columns: Int64Array
    openings: Int64Array
    roles: Int64Array
    reachable: int
    openings_now: int


def skill_gains(technician: Technicians, roles: Roles, relatedness: RelatednessMatrix, *, level: int) -> Gains:
    """For every skill: how many roles (and openings) become reachable if the person also had it at ``level``.

    Reachable as everywhere: all limits met, every must covered by half, 60 of 100. A skill that is held at a lower
    level counts as raised to ``level``. Raises ValueError for more than one technician, for another vocabulary or
    other limits, and for a level outside 1..4.
    """
    if len(technician) != 1:
        raise ValueError(f"needs exactly one technician, not {len(technician)}")
    if not technician.n_skills == roles.n_skills == relatedness.n_skills:
        raise ValueError("technician, roles and relatedness have different vocabularies: use .over()")
    if technician.limits != roles.limits:
        raise ValueError("technician and roles were built with different limits")
    if not MIN_LEVEL <= level <= MAX_LEVEL:
        raise ValueError(f"level must be within {MIN_LEVEL}..{MAX_LEVEL}, not {level}")
    able = roles.take(_meets_limits(technician, roles))
    if not len(able):
        nothing = np.zeros(0, dtype=np.int64)
        return Gains(nothing, nothing, nothing, 0, 0)
    held = np.zeros(technician.n_skills, dtype=np.int64)
    held[technician.indices] = technician.levels
    entry, column, related = _related_entries(able, relatedness)
    asked = able.levels.astype(np.int64)[entry]
    now = np.zeros(able.indices.size, dtype=np.int64)
    np.maximum.at(now, entry, related * np.minimum(held[column], asked) // asked)
    owner = row_numbers(able.indptr)
    weight, must = able.weights.astype(np.int64), able.must
    total = np.bincount(owner, weights=weight * now, minlength=len(able)).astype(np.int64)
    missing = np.bincount(owner[must & (now < MUST_COVERED)], minlength=len(able))
    reached = (total >= ENOUGH) & (missing == 0)
    openings = able.openings.astype(np.int64)

    then = related * np.minimum(level, asked) // asked
    better = (then > now[entry]) & ~reached[owner[entry]]
    entry, column, then = entry[better], column[better], then[better]
    pair, place = np.unique(column * len(able) + owner[entry], return_inverse=True)
    added = np.bincount(place, weights=weight[entry] * (then - now[entry]), minlength=pair.size).astype(np.int64)
    mends = must[entry] & (now[entry] < MUST_COVERED) & (then >= MUST_COVERED)
    mended = np.bincount(place[mends], minlength=pair.size)
    skill, role = pair // len(able), pair % len(able)
    opened = (total[role] + added >= ENOUGH) & (missing[role] == mended)
    return _ranked(skill[opened], openings[role[opened]], int(reached.sum()), int(openings[reached].sum()))


def _ranked(skill: Int64Array, openings: Int64Array, reachable: int, openings_now: int) -> Gains:
    columns, place = np.unique(skill, return_inverse=True)
    seats = np.bincount(place, weights=openings, minlength=columns.size).astype(np.int64)
    count = np.bincount(place, minlength=columns.size)
    order = np.lexsort((columns, -count, -seats))
    return Gains(columns[order], seats[order], count[order], reachable, openings_now)


def _meets_limits(technician: Technicians, roles: Roles) -> BoolArray:
    met = np.ones(len(roles), dtype=bool)
    for spec, where in roles.limits.slices():
        met &= ~fails(spec, roles.need[:, where], technician.has[:, where])
    return met


def _related_entries(roles: Roles, relatedness: RelatednessMatrix) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Every (need of the roles, skill that covers it, how far in 0..100): parallel arrays."""
    matrix = relatedness.relatedness
    starts = matrix.indptr.astype(np.int64)
    counts = np.diff(starts)[roles.indices]
    at = spread(starts[roles.indices], counts)
    entry = np.repeat(np.arange(roles.indices.size, dtype=np.int64), counts)
    return entry, matrix.indices[at].astype(np.int64), matrix.data[at].astype(np.int64)
