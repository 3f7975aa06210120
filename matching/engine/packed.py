"""Roles as the compiled loops read them: distinct needs, and by limit the distinct kinds of what is needed."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.engine.arrays import Roles, Technicians
from matching.engine.compiled.block import DIRECT, Asked
from matching.engine.compiled.rows import Kinds, Needs, People
from matching.engine.constants import MAX_LEVEL, Int8Array, Int32Array, Int64Array, UInt64Array
from matching.engine.csr import row_numbers
from matching.engine.limits import Limits
from matching.engine.matrix import RelatednessMatrix

MOST_KINDS = 2_048
"""A limit with more kinds of need than this is tested for each role anew: rows for all would take too much memory."""


@dataclass(frozen=True, eq=False)
class PackedRoles:
    """Roles over one relatedness."""

    roles: Roles
    needs: Needs
    asked: Asked
    kinds: Kinds

    @classmethod
    def of(cls, roles: Roles, relatedness: RelatednessMatrix) -> Self:
        """Number the distinct needs and the kinds. Raises ValueError for another vocabulary (by size)."""
        if relatedness.n_skills != roles.n_skills:
            raise ValueError(f"relatedness has {relatedness.n_skills} skills, the roles {roles.n_skills}: use .over()")
        needs = roles.indices.astype(np.int64) * MAX_LEVEL + roles.levels - 1
        distinct, need_of = np.unique(needs, return_inverse=True)
        musts = np.bincount(row_numbers(roles.indptr)[roles.must], minlength=len(roles))
        kind, kinds = _kinds(roles)
        return cls(
            roles,
            Needs(
                (distinct // MAX_LEVEL).astype(np.int32),
                (distinct % MAX_LEVEL + 1).astype(np.uint8),
                relatedness.relatedness.indptr.astype(np.int64),
                relatedness.relatedness.indices.astype(np.int32),
                relatedness.relatedness.data,
            ),
            Asked(
                np.ascontiguousarray(roles.indptr, dtype=np.int64),
                need_of.astype(np.int32),
                np.ascontiguousarray(roles.weights),
                roles.must.astype(np.uint8),
                musts.astype(np.uint16),
                kind,
                np.ascontiguousarray(roles.need),
            ),
            kinds,
        )


def people_of(technicians: Technicians) -> People:
    """Technicians as the loops read them; copies nothing that is contiguous already."""
    return People(
        np.ascontiguousarray(technicians.indptr),
        np.ascontiguousarray(technicians.indices),
        np.ascontiguousarray(technicians.levels),
        np.ascontiguousarray(technicians.has),
    )


def layout(limits: Limits) -> tuple[Int8Array, Int64Array, Int64Array]:
    """Each limit's mode (0 all, 1 any) and its columns."""
    where = limits.slices()
    return (
        np.array([spec.mode == "any" for spec, _ in where], dtype=np.int8),
        np.array([columns.start for _, columns in where], dtype=np.int64),
        np.array([columns.stop for _, columns in where], dtype=np.int64),
    )


def _kinds(roles: Roles) -> tuple[Int32Array, Kinds]:
    """Every role's kind by limit, and the kinds of all limits one after the other."""
    mode, first, last = layout(roles.limits)
    kind = np.full((len(roles), mode.size), -1, dtype=np.int32)
    limits: list[Int64Array] = []
    words: list[UInt64Array] = []
    before = 0
    for number, (_, where) in enumerate(roles.limits.slices()):
        asking = np.flatnonzero(roles.need[:, where].any(axis=1))
        distinct, kind_of = np.unique(roles.need[asking, where], axis=0, return_inverse=True)
        if len(distinct) > MOST_KINDS:
            kind[asking, number] = DIRECT
            continue
        kind[asking, number] = before + kind_of.reshape(-1)
        need = np.zeros((len(distinct), roles.limits.width), dtype=np.uint64)
        need[:, where] = distinct
        words.append(need)
        limits.append(np.full(len(distinct), number, dtype=np.int64))
        before += len(distinct)
    return kind, Kinds(
        np.concatenate([np.empty(0, dtype=np.int64), *limits]),
        np.concatenate([np.empty((0, roles.limits.width), dtype=np.uint64), *words]),
        mode,
        first,
        last,
    )
