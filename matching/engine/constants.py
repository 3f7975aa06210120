"""The fixed-point numbers of the score, and the array types that the engine speaks in."""

from typing import Final

import numpy as np
import numpy.typing as npt

Int64Array = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
Int8Array = npt.NDArray[np.int8]
UInt64Array = npt.NDArray[np.uint64]
UInt32Array = npt.NDArray[np.uint32]
UInt16Array = npt.NDArray[np.uint16]
UInt8Array = npt.NDArray[np.uint8]
BoolArray = npt.NDArray[np.bool_]

MIN_LEVEL: Final = 1
MAX_LEVEL: Final = 4
UNPROVEN_MAX_LEVEL: Final = 3
"""A level that nobody certified, assessed or confirmed counts as at most this."""

MAX_SKILLS: Final = 80
"""Skills that one technician's profile may hold."""

WEIGHT_SUM: Final = 650
"""Every role's integer weights sum to this, so that a full score is 650 * 100 = 65,000 and fits 16 bits."""

FULL: Final = 100
"""Relatedness and coverage are integers from 0 to this."""

MUST_COVERED: Final = 50
"""A must-have counts as met from this coverage on."""

MAX_SUM: Final = WEIGHT_SUM * FULL
KEY_SUM_BITS: Final = 16
KEY_SUM_MASK: Final = (1 << KEY_SUM_BITS) - 1

REACHABLE_PERCENT: Final = 60
"""T: the score, in percent, from which a pair that meets everything hard counts as reachable."""

TECHNICIAN_LIST: Final = 200
"""Roles in a technician's list."""

ROLE_LIST: Final = 100
LIST_PER_OPENING: Final = 10
"""Technicians in a role's list: the first, or the second for each opening where that is more."""

NEAR_LIST: Final = 50
"""Pairs that fail exactly one limit, in either side's second list."""

NONE_FAILED: Final = -1
"""In a ``failed`` array: this pair meets every limit."""
