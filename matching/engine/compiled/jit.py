"""The decorator, the hash and the shift widths that all compiled loops share.

Compiled code is kept on disk (``cache``). ``nogil``: threads run at once. Integer types are spelled out everywhere:
numba makes a float of an int64 and a uint64.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from matching.engine.compiled.cache import in_folder
from matching.engine.constants import KEY_SUM_BITS, MUST_COVERED, REACHABLE_PERCENT, WEIGHT_SUM
from matching.engine.score import HASH_BITS, KEY_SHIFT

HASH_SHIFT = np.uint64(64 - HASH_BITS)
ORDER_SHIFT = np.uint64(KEY_SHIFT)
MUST_BIT = np.uint64(1 << KEY_SUM_BITS)
ENOUGH = np.uint16(REACHABLE_PERCENT * WEIGHT_SUM)
COVERED = np.uint8(MUST_COVERED)


def jit(function: Callable[..., Any]) -> Any:
    """Compile a function at its first call, or take it from disk."""
    with in_folder() as kept:
        return numba.njit(cache=kept, nogil=True, boundscheck=False, error_model="numpy")(function)


@jit
def splitmix(value: np.uint64) -> np.uint64:
    """``score.splitmix64`` of one number."""
    z = np.uint64(value + np.uint64(0x9E3779B97F4A7C15))
    z = np.uint64((z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9))
    z = np.uint64((z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB))
    return np.uint64(z ^ (z >> np.uint64(31)))


@jit
def full_order(key: np.uint64, base: np.uint64, person_hash: np.uint64, role_id: np.int64) -> np.uint64:
    """The whole sort key of a pair, as ``Pairs.of`` makes it."""
    return np.uint64((key << ORDER_SHIFT) | base | (splitmix(person_hash ^ np.uint64(role_id)) >> HASH_SHIFT))
