"""Figures of a ranking against grades, and how sure they are.

nDCG@10 with gain 2^grade - 1 and discount log2(1 + rank) (Järvelin and Kekäläinen 2002, gains as Burges et al. 2005);
average precision with the grades 2 and 3 as relevant. Ties are put in order by chance many times and averaged, the same
chances for every system: nobody gains by the order of a file.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DEPTH = 10
RELEVANT = 2
TIE_DRAWS, TIE_SEED = 50, 3
RESAMPLES, RESAMPLE_SEED = 10_000, 1


def ndcg(grades: npt.ArrayLike, depth: int = DEPTH) -> float:
    """Of grades in the order of a list; NaN where every grade is 0."""
    gains = 2.0 ** np.asarray(grades, dtype=np.float64) - 1
    ideal = _discounted(np.sort(gains)[::-1], depth)
    return _discounted(gains, depth) / ideal if ideal else float("nan")


def _discounted(gains: Floats, depth: int) -> float:
    first = gains[:depth]
    return float((first / np.log2(np.arange(2, first.size + 2))).sum())


def average_precision(grades: npt.ArrayLike, relevant: int = RELEVANT) -> float:
    """Of grades in the order of a list: the mean, over those relevant, of the precision down to each; NaN for none."""
    good = np.asarray(grades) >= relevant
    if not good.any():
        return float("nan")
    ranks = np.flatnonzero(good) + 1
    return float((np.arange(1, ranks.size + 1) / ranks).mean())


def judged(scores: Floats, grades: npt.ArrayLike) -> tuple[float, float]:
    """nDCG@10 and average precision of one list, over chance orders of its ties."""
    grade = np.asarray(grades)
    chance = np.random.default_rng(TIE_SEED)
    orders = [np.lexsort((chance.random(grade.size), -scores)) for _ in range(TIE_DRAWS)]
    return (
        float(np.mean([ndcg(grade[order]) for order in orders])),
        float(np.mean([average_precision(grade[order]) for order in orders])),
    )


def interval(values: Sequence[float] | Floats) -> tuple[float, float, float]:
    """Mean over roles and its 95% bootstrap interval (percentiles); the same resampled roles for every call."""
    array = np.asarray(values, dtype=np.float64)
    chance = np.random.default_rng(RESAMPLE_SEED)
    means = array[chance.integers(array.size, size=(RESAMPLES, array.size))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(array.mean()), float(low), float(high)
