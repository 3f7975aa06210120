"""The best k of many lists at once: entries are appended, and a list that is full is cut to its best k.

Appending costs a store; the cut comes once every k entries. An entry is one word, ``key << 32 | other << 3 | failed
limit``: a cut goes by the key alone and keeps all that equal the k-th, so that the tie order is only made where a list
is read, or where equals alone fill it.

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
_PLACES = 65_535
_PLACE = np.uint64(_PLACES)


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
    """Room for one list while it is sorted."""

    orders: UInt64Array
    others: UInt64Array
    places: UInt64Array
    places_2: UInt64Array


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
def select(entries: UInt64Array, k: int) -> None:
    """Quickselect of distinct words, without branches where they part: the largest k come first, the k-th at k - 1."""
    low, high, want = 0, entries.size - 1, k - 1
    while low < high:
        middle = (low + high) // 2
        pivot = entries[middle]
        entries[middle] = entries[high]
        into = low
        for at in range(low, high):
            value = entries[at]
            entries[at] = entries[into]
            entries[into] = value
            into += np.int64(value > pivot)
        entries[high] = entries[into]
        entries[into] = pivot
        if into == want:
            return
        if into > want:
            high = into - 1
        else:
            low = into + 1


@jit
def _merge(source: UInt64Array, target: UInt64Array, n: int, width: int) -> None:
    for start in range(0, n, 2 * width):
        i, middle = start, min(start + width, n)
        j, end = middle, min(start + 2 * width, n)
        out = start
        while i < middle and j < end:
            left, right = source[i], source[j]
            first = left > right
            target[out] = left if first else right
            i += np.int64(first)
            j += np.int64(not first)
            out += 1
        rest = i if i < middle else j
        for at in range(out, end):
            target[at] = source[rest + at - out]


@jit
def _sort_words(source: UInt64Array, target: UInt64Array, n: int) -> bool:
    """Largest first, by merging from one room to the other; whether the second one has the result."""
    for at in range(0, n - 1, 2):
        left, right = source[at], source[at + 1]
        source[at], source[at + 1] = max(left, right), min(left, right)
    width, second = 2, False
    while width < n:
        if second:
            _merge(target, source, n, width)
        else:
            _merge(source, target, n, width)
        second = not second
        width *= 2
    return second


@jit
def sort(work: Workspace, n: int, ids: Int64Array) -> UInt64Array:
    """The places of a list's first n entries, best first.

    Sorted as words of an order's upper 48 bits and the place; then, by insertion, the few that agree so far.
    """
    orders, others = work.orders, work.others
    if n > _PLACES:
        places = np.argsort(~orders[:n]).astype(np.uint64)
    else:
        for at in range(n):
            work.places[at] = np.uint64((orders[at] & ~_PLACE) | np.uint64(at))
        places = work.places_2 if _sort_words(work.places, work.places_2, n) else work.places
        for at in range(n):
            places[at] &= _PLACE
    for at in range(1, n):
        place = places[at]
        order, other = orders[np.int64(place)], others[np.int64(place)]
        i = at
        while i > 0:
            before = np.int64(places[i - 1])
            if not _ahead(order, other, orders[before], others[before], ids):
                break
            places[i] = places[i - 1]
            i -= 1
        places[i] = place
    return places


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
    """Keep what can be among the best k of a full list, and raise its floor."""
    k, start, n = lists.k[i], lists.starts[i], lists.sizes[i]
    entries = lists.entries[start : start + n]
    select(entries, k)
    last = np.uint64(entries[k - 1] >> ENTRY_SHIFT)
    size = k
    for at in range(k, n):
        entry = entries[at]
        entries[size] = entry
        size += np.int64((entry >> ENTRY_SHIFT) == last)
    if 4 * (size - k) > n:  # equals alone would fill it again soon
        _expand(entries[:size], owner, is_role, ties, work)
        places = sort(work, size, ties.technician_ids if is_role else ties.role_ids)
        for at in range(k):
            place = np.int64(places[at])
            key = np.uint64(work.orders[place] >> ORDER_SHIFT)
            entries[at] = np.uint64((key << ENTRY_SHIFT) | work.others[place])
        size = k
    lists.sizes[i] = size
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
    whole, others = work.orders, work.others
    for i in range(starts.size - 1):
        n, size, at_first = starts[i + 1] - starts[i], sizes[first + i], from_[first + i]
        _expand(entries[at_first : at_first + size], first_owner + i, is_role, ties, work)
        places = sort(work, size, other_ids)
        for at in range(n):
            place = np.int64(places[at])
            other = others[place]
            ids[starts[i] + at] = other_ids[np.int64(other >> _OTHER_SHIFT)]
            orders[starts[i] + at] = whole[place]
            failed[starts[i] + at] = np.int8(other & _FAILED) if near else np.int8(-1)
