"""A role's weights as integers with a constant sum, exactly and the same on every machine."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.engine.constants import WEIGHT_SUM, UInt16Array


def scale_weights(weights: npt.ArrayLike) -> UInt16Array:
    """Scale positive weights to integers that sum to 650, each at least 1: uint16[n] in the order given.

    Largest remainder, in exact integer arithmetic. Where remainders are equal the earlier weight wins, so callers
    that want independence of input order put the needs in a fixed order first (``Roles.build`` sorts by skill
    column). A larger weight never gets less than a smaller one. An empty list stays empty.

    Raises ValueError for NaN, infinity, zero or negative weights, and for more than 650 of them.
    """
    values = np.asarray(weights, dtype=np.float64).ravel()
    if values.size > WEIGHT_SUM:
        raise ValueError(f"a role may ask for at most {WEIGHT_SUM} skills, not {values.size}")
    if not np.isfinite(values).all():
        raise ValueError("a weight is not a finite number")
    if (values <= 0).any():
        raise ValueError("a weight must be greater than zero")
    if not values.size:
        return np.empty(0, dtype=np.uint16)
    return np.array(_apportion(_exact(values.tolist())), dtype=np.uint16)


def _exact(values: Sequence[float]) -> list[int]:
    """The same proportions as integers without rounding: floats are fractions over powers of two."""
    ratios = [value.as_integer_ratio() for value in values]
    common = max(bottom for _, bottom in ratios)
    whole = [top * (common // bottom) for top, bottom in ratios]
    divisor = math.gcd(*whole)
    return [value // divisor for value in whole]


def _apportion(shares: list[int]) -> list[int]:
    """Largest remainder with a floor of one: those whose fair share is below one get one, the rest share the rest."""
    result = [0] * len(shares)
    open_, seats = list(range(len(shares))), WEIGHT_SUM
    while True:
        total = sum(shares[i] for i in open_)
        small = [i for i in open_ if seats * shares[i] < total]
        if not small:
            break
        for i in small:
            result[i] = 1
        seats -= len(small)
        open_ = [i for i in open_ if not result[i]]
    for i in open_:
        result[i] = seats * shares[i] // total
    missing = seats - sum(result[i] for i in open_)
    by_remainder = sorted(open_, key=lambda i: (-(seats * shares[i] % total), i))
    for i in by_remainder[:missing]:
        result[i] += 1
    return result
