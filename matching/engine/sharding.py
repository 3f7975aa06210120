"""Ranges of about equal cost: how a rebuild is cut into tasks."""

import itertools

import numpy as np
import numpy.typing as npt


def shard_ranges(n: int, cost: npt.ArrayLike | None, shards: int) -> list[tuple[int, int]]:
    """Cut 0..n into at most ``shards`` ranges ``(start, stop)``, none empty, together exactly 0..n.

    ``cost`` (n non-negative numbers, None for all equal) is what a row costs; ranges have about the same sum. The
    result depends on nothing else. Raises ValueError for ``shards`` < 1, a wrong length, a negative cost or NaN.
    """
    if shards < 1:
        raise ValueError("shards must be at least 1")
    if n <= 0:
        return []
    costs = np.ones(n) if cost is None else np.asarray(cost, dtype=np.float64)
    if costs.shape != (n,):
        raise ValueError(f"{costs.size} costs for {n} rows")
    if not np.isfinite(costs).all() or (costs < 0).any():
        raise ValueError("a cost must be a finite number, not below zero")
    reached = np.cumsum(costs)
    if reached[-1] == 0:
        reached = np.arange(1, n + 1, dtype=np.float64)
    shares = reached[-1] * np.arange(1, shards) / shards
    cuts = np.searchsorted(reached, shares, side="left") + 1
    edges = sorted({0, n, *(int(cut) for cut in cuts if cut < n)})
    return list(itertools.pairwise(edges))
