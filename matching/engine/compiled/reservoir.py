"""The best k of many lists at once: entries are appended, and a list that is full is cut to its best k.

Appending costs a store; the cut (quickselect) comes once every k entries. An entry is one word, ``key << 32 | other
<< 3 | failed limit``: the tie order is made of it when a list is cut, for most entries never.

``floor_met`` and ``floor_unmet``: the least sum with which a pair whose musts are (not) met can still enter. They are
16 bits wide, as sums are, so that a vector holds many; ``CLOSED`` is above every sum.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.compiled.jit import MUST_BIT, ORDER_SHIFT, full_order, jit
from matching.engine.constants import Int8Array, Int64Array, UInt16Array, UInt64Array

CLOSED = 65_535
FAILED_BITS = 3
_OTHER_SHIFT = np.uint64(FAILED_BITS)
_FAILED = np.uint64((1 << FAILED_BITS) - 1)
_LOW = np.uint64(0xFFFF_FFFF)
ENTRY_SHIFT = np.uint64(32)
_SUM = np.uint64(0xFFFF)
_RUN = 8


class Lists(NamedTuple):
    """The lists of n owners, both parts: list i is owner i's full part, list n + i its near part.

    List i has room from ``starts[i]`` to ``starts[i + 1]``.
    """

    entries: UInt64Array
    starts: Int64Array
    k: Int64Array
    sizes: Int64Array
    found: Int64Array
    floor_met: UInt16Array
    floor_unmet: UInt16Array


class Ties(NamedTuple):
    """What the tie order is made of, whole sides: technicians' share of the order, hashes, and both sides' ids."""

    base: UInt64Array
    hashes: UInt64Array
    technician_ids: Int64Array
    role_ids: Int64Array


class Workspace(NamedTuple):
    """Room for one list while it is cut and sorted."""

    orders: UInt64Array
    others: UInt64Array
    orders_2: UInt64Array
    others_2: UInt64Array


@jit
def reset(lists: Lists) -> None:
    """Empty all lists."""
    k, sizes, found, floor_met, floor_unmet = lists.k, lists.sizes, lists.found, lists.floor_met, lists.floor_unmet
    for i in range(k.size):
        sizes[i] = 0
        found[i] = 0
        closed = k[i] == 0
        floor_met[i] = CLOSED if closed else 1
        floor_unmet[i] = CLOSED if closed else 1


@jit
def _ahead(order: np.uint64, other: np.uint64, order_2: np.uint64, other_2: np.uint64, ids: Int64Array) -> bool:
    """Whether the first stands before the second: the larger order, or the same and a smaller id."""
    if order != order_2:
        return order > order_2
    return ids[np.int64(other >> _OTHER_SHIFT)] < ids[np.int64(other_2 >> _OTHER_SHIFT)]


@jit
def _select(orders: UInt64Array, others: UInt64Array, n: int, k: int, ids: Int64Array) -> None:
    """Quickselect: the best k come first, the k-th stands at k - 1."""
    low, high, want = 0, n - 1, k - 1
    while low < high:
        middle = (low + high) // 2
        order, other = orders[middle], others[middle]
        i, j = low, high
        while i <= j:
            while _ahead(orders[i], others[i], order, other, ids):
                i += 1
            while _ahead(order, other, orders[j], others[j], ids):
                j -= 1
            if i <= j:
                orders[i], orders[j] = orders[j], orders[i]
                others[i], others[j] = others[j], others[i]
                i += 1
                j -= 1
        if want <= j:
            high = j
        elif want >= i:
            low = i
        else:
            return


@jit
def _insertion_runs(orders: UInt64Array, others: UInt64Array, n: int, ids: Int64Array) -> None:
    for start in range(0, n, _RUN):
        for at in range(start + 1, min(start + _RUN, n)):
            order, other = orders[at], others[at]
            i = at
            while i > start and _ahead(order, other, orders[i - 1], others[i - 1], ids):
                orders[i], others[i] = orders[i - 1], others[i - 1]
                i -= 1
            orders[i], others[i] = order, other


@jit
def _merge_runs(
    orders: UInt64Array, others: UInt64Array, orders_2: UInt64Array, others_2: UInt64Array, n: int, width: int,
    ids: Int64Array,
) -> None:  # fmt: skip
    for start in range(0, n, 2 * width):
        i, middle = start, min(start + width, n)
        j, end = middle, min(start + 2 * width, n)
        out = start
        while i < middle and j < end:
            first = _ahead(orders[i], others[i], orders[j], others[j], ids)
            take = i if first else j
            orders_2[out], others_2[out] = orders[take], others[take]
            i += np.int64(first)
            j += np.int64(not first)
            out += 1
        rest = i if i < middle else j
        for at in range(out, end):
            orders_2[at], others_2[at] = orders[rest + at - out], others[rest + at - out]


@jit
def _sort(work: Workspace, n: int, ids: Int64Array) -> bool:
    """Best first. Runs by insertion, merged from one room to the other; whether the second room has the result."""
    _insertion_runs(work.orders, work.others, n, ids)
    width, second = _RUN, False
    while width < n:
        if second:
            _merge_runs(work.orders_2, work.others_2, work.orders, work.others, n, width, ids)
        else:
            _merge_runs(work.orders, work.others, work.orders_2, work.others_2, n, width, ids)
        second = not second
        width *= 2
    return second


@jit
def _expand(entries: UInt64Array, owner: int, is_role: bool, ties: Ties, work: Workspace) -> None:
    """Copy a list out with whole orders; ``owner``: its row in ``ties``."""
    orders, others = work.orders, work.others
    base, hashes, role_ids = ties.base, ties.hashes, ties.role_ids
    for at in range(entries.size):
        entry = entries[at]
        other = np.uint64(entry & _LOW)
        row = np.int64(other >> _OTHER_SHIFT)
        person = row if is_role else owner
        role = owner if is_role else row
        others[at] = other
        orders[at] = full_order(np.uint64(entry >> ENTRY_SHIFT), base[person], hashes[person], role_ids[role])


@jit
def cut(lists: Lists, i: int, owner: int, is_role: bool, ties: Ties, work: Workspace) -> None:
    """Keep the best k of a list that has at least as many, and raise its floor."""
    k, start = lists.k[i], lists.starts[i]
    entries, orders, others = lists.entries, work.orders, work.others
    n = lists.sizes[i]
    _expand(entries[start : start + n], owner, is_role, ties, work)
    _select(orders, others, n, k, ties.technician_ids if is_role else ties.role_ids)
    for at in range(k):
        key = np.uint64(orders[at] >> ORDER_SHIFT)
        entries[start + at] = np.uint64((key << ENTRY_SHIFT) | others[at])
    lists.sizes[i] = k
    last = np.uint64(orders[k - 1] >> ORDER_SHIFT)
    least = np.uint16(max(np.uint64(1), last & _SUM))
    met = (last & MUST_BIT) != np.uint64(0)
    lists.floor_met[i] = least if met else np.uint16(1)
    lists.floor_unmet[i] = np.uint16(CLOSED) if met else least


@jit
def absorb(lists: Lists, more: Lists, ties: Ties, work: Workspace) -> None:
    """Take over the entries of roles' lists that another thread filled."""
    n = lists.k.size // 2
    entries, starts, sizes = lists.entries, lists.starts, lists.sizes
    for i in range(lists.k.size):
        lists.found[i] += more.found[i]
        for at in range(more.sizes[i]):
            entries[starts[i] + sizes[i]] = more.entries[more.starts[i] + at]
            sizes[i] += 1
            if starts[i] + sizes[i] == starts[i + 1]:
                cut(lists, i, i % n, True, ties, work)


@jit
def kept(lists: Lists, first: int, n: int) -> Int64Array:
    """Where each of n lists from ``first`` on starts when they are written one after the other, int64[n + 1]."""
    starts = np.zeros(n + 1, dtype=np.int64)
    for i in range(n):
        starts[i + 1] = starts[i] + min(lists.sizes[first + i], lists.k[first + i])
    return starts


@jit
def write_sorted(
    lists: Lists, first: int, first_owner: int, is_role: bool, near: bool, ties: Ties, work: Workspace,
    starts: Int64Array, ids: Int64Array, orders: UInt64Array, failed: Int8Array,
) -> None:  # fmt: skip
    """Write the lists from ``first`` on, each cut to k and best first; ``starts`` from ``kept``."""
    other_ids = ties.technician_ids if is_role else ties.role_ids
    entries, from_, sizes = lists.entries, lists.starts, lists.sizes
    for i in range(starts.size - 1):
        n, size, at_first = starts[i + 1] - starts[i], sizes[first + i], from_[first + i]
        _expand(entries[at_first : at_first + size], first_owner + i, is_role, ties, work)
        if size > n:
            _select(work.orders, work.others, size, n, other_ids)
        second = _sort(work, n, other_ids)
        sorted_orders = work.orders_2 if second else work.orders
        sorted_others = work.others_2 if second else work.others
        for at in range(n):
            other = sorted_others[at]
            ids[starts[i] + at] = other_ids[np.int64(other >> _OTHER_SHIFT)]
            orders[starts[i] + at] = sorted_orders[at]
            failed[starts[i] + at] = np.int8(other & _FAILED) if near else np.int8(-1)
