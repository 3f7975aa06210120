"""Scored pairs of a block: limits tested, keys and tie orders made."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.engine.arrays import Roles, Technicians
from matching.engine.constants import (
    KEY_SUM_BITS,
    KEY_SUM_MASK,
    NONE_FAILED,
    BoolArray,
    Int8Array,
    Int64Array,
    UInt64Array,
)
from matching.engine.coverage import NeedIndex
from matching.engine.limits import LimitSpec
from matching.engine.score import KEY_SHIFT, day_hash, make_keys, pair_hash, tie_base


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs that fail at most one limit and have a sum above zero. Parallel arrays."""

    person: Int64Array  # row among the block's technicians
    role: Int64Array  # row among the roles
    orders: UInt64Array
    failed: Int8Array  # NONE_FAILED or the index of the failed limit

    @classmethod
    def of(cls, technicians: Technicians, index: NeedIndex, day: int) -> Self:
        """Score a block of technicians against all indexed roles."""
        person, role, value = index.sums(technicians)
        kept, failed = _limits(technicians, index.roles, person, role)
        person, role, value = person[kept], role[kept], value[kept]
        keys = make_keys(value & KEY_SUM_MASK, (value >> KEY_SUM_BITS) == index.n_musts[role])
        base = tie_base(technicians.evidence, technicians.freshness, day)
        hashes = pair_hash(day_hash(technicians.ids, day)[person], index.roles.ids[role])
        orders = (keys.astype(np.uint64) << np.uint64(KEY_SHIFT)) | base[person] | hashes
        return cls(person, role, orders, failed)


def _limits(
    technicians: Technicians, roles: Roles, person: Int64Array, role: Int64Array
) -> tuple[Int64Array, Int8Array]:
    """The pairs (by number) that fail no limit or one, and which one."""
    alive = np.arange(person.size, dtype=np.int64)
    failed = np.full(person.size, NONE_FAILED, dtype=np.int8)
    for number, (spec, where) in enumerate(roles.limits.slices()):
        need, has = roles.need[:, where], technicians.has[:, where]
        if not need.any():
            continue
        bad = _fails(spec, need, has, person[alive], role[alive])
        twice = bad & (failed != NONE_FAILED)
        failed[bad] = number
        if twice.any():
            alive, failed = alive[~twice], failed[~twice]
    return alive, failed


def _fails(spec: LimitSpec, need: UInt64Array, has: UInt64Array, person: Int64Array, role: Int64Array) -> BoolArray:
    """Which pairs fail one limit, word by word, so that many words cost time and not memory."""
    result = np.zeros(person.size, dtype=bool)
    for word in range(spec.words):
        if spec.mode == "all":
            result |= (need[:, word][role] & ~has[:, word][person]) != 0
        else:
            result |= (need[:, word][role] & has[:, word][person]) != 0
    return result if spec.mode == "all" else np.asarray(need.any(axis=1))[role] & ~result
