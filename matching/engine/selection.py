"""The exact best k of every list, whatever the order in which pairs arrive."""

import numpy as np

from matching.engine.constants import BoolArray, Int64Array, UInt64Array


def ranked(owners: Int64Array, orders: UInt64Array, ids: Int64Array) -> Int64Array:
    """The permutation that sorts pairs by owner, then larger order, then smaller id: the one order of every list."""
    return np.lexsort((ids, ~orders, owners))


def best(owners: Int64Array, orders: UInt64Array, ids: Int64Array, k: Int64Array) -> Int64Array:
    """Entries of the first ``k[owner]`` pairs of each owner, ranked. All inputs parallel; owners are row numbers."""
    chosen = np.flatnonzero(_promising(owners, orders, k))
    chosen = chosen[ranked(owners[chosen], orders[chosen], ids[chosen])]
    sorted_owners = owners[chosen]
    starts = np.searchsorted(sorted_owners, sorted_owners, side="left")
    return np.asarray(chosen[np.arange(chosen.size) - starts < k[sorted_owners]])


def _promising(owners: Int64Array, orders: UInt64Array, k: Int64Array) -> BoolArray:
    """Drop, cheaply, pairs that cannot be among an owner's best k; equals of the k-th stay (the id decides later)."""
    keep = np.ones(owners.size, dtype=bool)
    counts = np.bincount(owners, minlength=k.size)
    crowded = counts > 2 * k
    if not crowded.any():
        return keep
    grouped = np.argsort(owners, kind="stable")
    starts = np.cumsum(counts) - counts
    for owner in np.flatnonzero(crowded):
        entries = grouped[starts[owner] : starts[owner] + counts[owner]]
        values = orders[entries]
        if k[owner] == 0:
            keep[entries] = False
            continue
        kth = np.partition(values, values.size - k[owner])[values.size - k[owner]]
        keep[entries] = values >= kth
    return keep
