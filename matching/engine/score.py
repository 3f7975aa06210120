"""From sums to sort keys: the must bit, the tie order, and what counts as reachable. Integers only."""

import numpy as np
import numpy.typing as npt

from matching.engine.constants import (
    KEY_SUM_BITS,
    KEY_SUM_MASK,
    NONE_FAILED,
    REACHABLE_PERCENT,
    WEIGHT_SUM,
    BoolArray,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt32Array,
    UInt64Array,
)

KEY_SHIFT, EVIDENCE_SHIFT, WEEKS_SHIFT, HASH_BITS = 47, 39, 31, 31
MAX_WEEKS = 255
"""An order is one uint64: key (17 bits), evidence (8), freshness in weeks (8), hash (31). Larger stands first."""


def make_keys(sums: npt.ArrayLike, musts_met: npt.ArrayLike) -> UInt32Array:
    """Keys uint32 from sums 0..65000 and whether every must-have is covered by at least half."""
    return np.asarray(sums, dtype=np.uint32) | (np.asarray(musts_met, dtype=np.uint32) << np.uint32(KEY_SUM_BITS))


def key_sums(keys: npt.ArrayLike) -> Int64Array:
    """The sums in keys: 0..65000."""
    return np.asarray(keys).astype(np.int64) & KEY_SUM_MASK


def key_musts_met(keys: npt.ArrayLike) -> BoolArray:
    """Whether every must-have is met, by key."""
    return np.asarray((np.asarray(keys).astype(np.int64) >> KEY_SUM_BITS) != 0)


def display_score(key: int) -> float:
    """A key's score as shown: 0.0 to 100.0 with one decimal, halves rounded up."""
    tenths = ((int(key) & KEY_SUM_MASK) * 10 * 2 + WEIGHT_SUM) // (2 * WEIGHT_SUM)
    return tenths / 10


def reachable(keys: npt.ArrayLike, failed: npt.ArrayLike = NONE_FAILED) -> BoolArray:
    """All limits met (``failed`` is NONE_FAILED), every must covered, and a score of at least T (0.6)."""
    enough = key_sums(keys) >= REACHABLE_PERCENT * WEIGHT_SUM
    return np.asarray((np.asarray(failed) == NONE_FAILED) & key_musts_met(keys) & enough)


def splitmix64(values: UInt64Array) -> UInt64Array:
    """The splitmix64 finalizer over uint64 arrays (wrapping), the same on every machine."""
    z = np.atleast_1d(values) + np.uint64(0x9E3779B97F4A7C15)
    z ^= z >> np.uint64(30)
    z *= np.uint64(0xBF58476D1CE4E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return z


def day_hash(ids: npt.ArrayLike, day: int) -> UInt64Array:
    """One side's share of the pair hash: ids mixed with the day. uint64[n]."""
    seed = splitmix64(np.array([day], dtype=np.int64).astype(np.uint64))
    return splitmix64(np.atleast_1d(np.asarray(ids, dtype=np.int64)).astype(np.uint64) ^ seed)


def pair_hash(technician_hashes: UInt64Array, role_ids: Int64Array) -> UInt64Array:
    """31-bit hashes of pairs, from ``day_hash`` of the technicians and the roles' ids (parallel arrays)."""
    return np.asarray(splitmix64(technician_hashes ^ role_ids.astype(np.uint64)) >> np.uint64(64 - HASH_BITS))


def freshness_weeks(freshness: Int32Array, day: int) -> UInt64Array:
    """Freshness in steps of a week of age, 255 for this week: editing a profile every day wins nothing."""
    age = np.maximum(np.int64(day) - freshness.astype(np.int64), 0) // 7
    return np.asarray(MAX_WEEKS - np.minimum(age, MAX_WEEKS)).astype(np.uint64)


def tie_base(evidence: UInt8Array, freshness: Int32Array, day: int) -> UInt64Array:
    """The technician's part of the order: evidence, then freshness. uint64[n]."""
    return np.asarray(
        (evidence.astype(np.uint64) << np.uint64(EVIDENCE_SHIFT))
        | (freshness_weeks(freshness, day) << np.uint64(WEEKS_SHIFT))
    )


def order_keys(orders: npt.ArrayLike) -> UInt32Array:
    """The keys inside orders: uint32."""
    return np.asarray(np.asarray(orders, dtype=np.uint64) >> np.uint64(KEY_SHIFT)).astype(np.uint32)
