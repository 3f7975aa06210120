"""Coverage: how far a technician's best evidence covers each need, for blocks of technicians at once.

The maximum over a technician's skills is taken once per *distinct* need (skill and minimum level) among the roles; a
role's score is then a plain sum over its few needs, which is one sparse product of integers.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from matching.engine.arrays import Roles, Technicians
from matching.engine.constants import (
    KEY_SUM_BITS,
    MAX_LEVEL,
    MUST_COVERED,
    Int32Array,
    Int64Array,
    UInt8Array,
)
from matching.engine.csr import row_numbers, spread
from matching.engine.matrix import RelatednessMatrix

_VALUE_BITS = 7  # a coverage of 0..100 fits


@dataclass(frozen=True, eq=False)
class NeedIndex:
    """The distinct needs of some roles, who covers them, and what each is worth to each role.

    ``covers``: CSR uint8[4 * n_skills, needs], row ``4 * skill + level - 1`` = holding that skill at that level,
    entry = coverage. ``worth``: CSR int32[needs + must needs, roles]: weights, and below them one ``1 << 16`` per
    must-have.
    """

    roles: Roles
    covers: sparse.csr_matrix
    worth: sparse.csr_matrix
    must_row: Int64Array  # [needs] the row of ``worth`` for the need as a must, -1 where no role has it as a must
    n_musts: Int32Array  # [roles]
    need_of: Int64Array  # [the roles' needs] which distinct need each is

    @classmethod
    def build(cls, roles: Roles, relatedness: RelatednessMatrix) -> Self:
        """Index roles. Raises ValueError where roles and relatedness have different vocabularies (by size)."""
        if relatedness.n_skills != roles.n_skills:
            raise ValueError(f"relatedness has {relatedness.n_skills} skills, the roles {roles.n_skills}: use .over()")
        needs = roles.indices.astype(np.int64) * MAX_LEVEL + roles.levels - 1
        distinct, need_of = np.unique(needs, return_inverse=True)
        owner = row_numbers(roles.indptr)
        must_needs = np.unique(need_of[roles.must])
        must_row = np.full(distinct.size, -1, dtype=np.int64)
        must_row[must_needs] = distinct.size + np.arange(must_needs.size)
        one_must = np.full(int(roles.must.sum()), 1 << KEY_SUM_BITS, dtype=np.int32)
        value = np.concatenate([roles.weights.astype(np.int32), one_must])
        row = np.concatenate([need_of, must_row[need_of[roles.must]]])
        column = np.concatenate([owner, owner[roles.must]])
        shape = (distinct.size + must_needs.size, len(roles))
        worth = sparse.csr_matrix((value, (row, column)), shape=shape)
        n_musts = np.bincount(owner[roles.must], minlength=len(roles)).astype(np.int32)
        covers = _covers(distinct // MAX_LEVEL, distinct % MAX_LEVEL + 1, relatedness)
        return cls(roles, covers, worth, must_row, n_musts, need_of)

    def expansion(self, technicians: Technicians) -> Int64Array:
        """Coverage entries that each technician brings before the maximum: what a block of them costs. int64[n]."""
        rows = _held_rows(technicians)
        reached = np.concatenate([[0], np.cumsum(np.diff(self.covers.indptr)[rows], dtype=np.int64)])
        return np.asarray(np.diff(reached[technicians.indptr]))

    def sums(self, technicians: Technicians) -> tuple[Int64Array, Int64Array, Int32Array]:
        """All pairs with a sum above zero: technician row, role row, ``musts covered << 16 | sum``."""
        person, need, value = self._best(technicians)
        must_row = self.must_row[need]
        met = (value >= MUST_COVERED) & (must_row >= 0)
        covered = sparse.csr_matrix(
            (
                np.concatenate([value.astype(np.int32), np.ones(int(met.sum()), dtype=np.int32)]),
                (np.concatenate([person, person[met]]), np.concatenate([need, must_row[met]])),
            ),
            shape=(len(technicians), self.worth.shape[0]),
        )
        pairs = covered @ self.worth
        return row_numbers(pairs.indptr.astype(np.int64)), pairs.indices.astype(np.int64), pairs.data

    def _best(self, technicians: Technicians) -> tuple[Int64Array, Int64Array, UInt8Array]:
        """The maximum coverage of every need by every technician, where above zero: person, need, coverage."""
        rows = _held_rows(technicians)
        starts = self.covers.indptr.astype(np.int64)
        counts = np.diff(starts)[rows]
        entries = spread(starts[rows], counts)
        n_needs = max(1, self.covers.shape[1])
        place = np.repeat(row_numbers(technicians.indptr) * n_needs, counts) + self.covers.indices[entries]
        place = np.sort((place << _VALUE_BITS) | self.covers.data[entries])
        last = np.ones(place.size, dtype=bool)
        last[:-1] = (place[:-1] >> _VALUE_BITS) != (place[1:] >> _VALUE_BITS)
        top = place[last]
        pair = top >> _VALUE_BITS
        return pair // n_needs, pair % n_needs, (top & ((1 << _VALUE_BITS) - 1)).astype(np.uint8)


def _held_rows(technicians: Technicians) -> Int64Array:
    return np.asarray(technicians.indices.astype(np.int64) * MAX_LEVEL + technicians.levels - 1)


def _covers(skills: Int64Array, levels: Int64Array, relatedness: RelatednessMatrix) -> sparse.csr_matrix:
    """Coverage of every distinct need by every skill held at every level: CSR uint8[4 * n_skills, needs]."""
    matrix = relatedness.relatedness
    starts = matrix.indptr.astype(np.int64)
    counts = np.diff(starts)[skills]
    entries = spread(starts[skills], counts)
    need = np.repeat(np.arange(skills.size, dtype=np.int64), counts)
    asked = levels[need]
    related, held = matrix.data[entries].astype(np.int64), matrix.indices[entries].astype(np.int64)
    values = [related * np.minimum(level, asked) // asked for level in range(1, MAX_LEVEL + 1)]
    value = np.concatenate(values)
    row = np.concatenate([held * MAX_LEVEL + level for level in range(MAX_LEVEL)])
    column = np.tile(need, MAX_LEVEL)
    keep = value > 0
    shape = (matrix.shape[0] * MAX_LEVEL, skills.size)
    return sparse.csr_matrix((value[keep].astype(np.uint8), (row[keep], column[keep])), shape=shape)
