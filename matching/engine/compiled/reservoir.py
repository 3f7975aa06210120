"""The best k of many lists at once: entries are appended, and a list that is full is cut to its best k.

Appending costs a store; the cut comes once every k entries. An entry is one word, ``key << 32 | other << 3 | failed
limit``: a cut goes by the key alone and keeps all that equal the k-th, so that the tie order is only made where a list
is read, or where equals alone fill it.

``floor``: the least key with which a pair can still enter. ``gate`` is the same in 16 bits, rounded so that nobody is
kept out, for vectors to compare with. ``CLOSED`` is above every key, as a gate too.
"""

from typing import NamedTuple, Self

import numpy as np

from matching.engine.compiled.jit import ORDER_SHIFT, full_order, jit
from matching.engine.compiled.lanes import gate_of
from matching.engine.constants import Int8Array, Int64Array, UInt16Array, UInt32Array, UInt64Array

CLOSED = 1 << 17
_SHUT = 65_535
FAILED_BITS = 3
_OTHER_SHIFT = np.uint64(FAILED_BITS)
_FAILED = np.uint64((1 << FAILED_BITS) - 1)
_LOW = np.uint64(0xFFFF_FFFF)
ENTRY_SHIFT = np.uint64(32)
_ONE = np.uint64(1)
_LANES = 16  # numbers that one turn of a loop compares
_MOST_RANKED = 240


class Lists(NamedTuple):
    """The lists of n owners, both parts: list i is owner i's full part, list n + i its near part.

    List i has room from ``starts[i]`` to ``starts[i + 1]``.
    """

    entries: UInt64Array
    starts: Int64Array
    k: Int64Array
    sizes: Int64Array
    found: Int64Array
    floor: UInt32Array
    gate: UInt16Array


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

    @classmethod
    def of(cls, longest: int) -> Self:
        """Room for lists of that many entries."""
        return cls(*(np.empty(longest + _LANES, dtype=np.uint64) for _ in range(4)))


@jit
def reset(lists: Lists) -> None:
    """Empty all lists."""
    k, sizes, found, floor, gate = lists.k, lists.sizes, lists.found, lists.floor, lists.gate
    for i in range(k.size):
        sizes[i] = 0
        found[i] = 0
        floor[i] = CLOSED if k[i] == 0 else 0
        gate[i] = _SHUT if k[i] == 0 else 0


@jit
def _ahead(order: np.uint64, other: np.uint64, order_2: np.uint64, other_2: np.uint64, ids: Int64Array) -> bool:
    """Whether the first stands before the second: the larger order, or the same and a smaller id."""
    if order != order_2:
        return order > order_2
    return ids[other >> _OTHER_SHIFT] < ids[other_2 >> _OTHER_SHIFT]


# Indexes of what runs most are unsigned: for each signed one numba asks whether it counts from the end.


@jit
def select(entries: UInt64Array, k: int) -> None:
    """Quickselect of distinct words, without branches where they part: the largest k come first, the k-th at k - 1."""
    low, high, want = np.uint64(0), np.uint64(entries.size - 1), np.uint64(k - 1)
    while low < high:
        middle = np.uint64((low + high) >> _ONE)
        pivot = entries[middle]
        entries[middle] = entries[high]
        into, at = low, low
        while at < high:
            value = entries[at]
            entries[at] = entries[into]
            entries[into] = value
            into += np.uint64(value > pivot)
            at += _ONE
        entries[high] = entries[into]
        entries[into] = pivot
        if into == want:
            return
        if into > want:
            high = np.uint64(into - _ONE)
        else:
            low = np.uint64(into + _ONE)


@jit
def _merge(source: UInt64Array, target: UInt64Array, n: np.uint64, width: np.uint64) -> None:
    start = np.uint64(0)
    while start < n:
        i, middle = start, min(np.uint64(start + width), n)
        j, end = middle, min(np.uint64(middle + width), n)
        out = start
        while i < middle and j < end:
            left, right = source[i], source[j]
            target[out] = max(left, right)
            first = np.uint64(left > right)
            i += first
            j += np.uint64(first ^ _ONE)
            out += _ONE
        while i < middle:
            target[out] = source[i]
            i += _ONE
            out += _ONE
        while j < end:
            target[out] = source[j]
            j += _ONE
            out += _ONE
        start = end


@jit
def _sort_words(source: UInt64Array, target: UInt64Array, n: int) -> bool:
    """Largest first, by merging from one room to the other; whether the second one has the result."""
    for at in range(0, n - 1, 2):
        left, right = source[at], source[at + 1]
        source[at], source[at + 1] = max(left, right), min(left, right)
    width, second = 2, False
    while width < n:
        if second:
            _merge(target, source, np.uint64(n), np.uint64(width))
        else:
            _merge(source, target, np.uint64(n), np.uint64(width))
        second = not second
        width *= 2
    return second


@jit
def _rank(words: UInt64Array, places: UInt64Array, n: int) -> None:
    """Put every word where as many stand before it as are larger: for few, vectors are faster at that than merging.

    They are below 2 ** 63: vectors compare signed numbers. Needs room for as many as fill the last vectors.
    """
    padded = (n + _LANES - 1) // _LANES * _LANES
    for at in range(n, padded):
        words[at] = 0
    for at in range(n):
        word = np.int64(words[at])
        larger = 0
        for other in range(padded):
            larger += np.int64(np.int64(words[other]) > word)
        places[np.uint64(larger)] = np.uint64(word)


@jit
def sort(work: Workspace, n: int, ids: Int64Array) -> None:
    """The places of a list's first n entries, best first; they are left in ``work.places``.

    Sorted as words of an order's upper bits and the place; then, by insertion, the few that agree so far.
    """
    orders, others, words, places = work.orders, work.others, work.places_2, work.places
    place_bits = 16
    while n >> place_bits:
        place_bits += 1
    low = np.uint64((1 << place_bits) - 1)
    if n <= _MOST_RANKED:
        for at in range(n):
            words[at] = np.uint64(((orders[at] & ~low) >> _ONE) | np.uint64(at))  # one bit of the place is spare
        _rank(words, places, n)
        low >>= _ONE
    else:
        for at in range(n):
            places[at] = np.uint64((orders[at] & ~low) | np.uint64(at))
        if _sort_words(places, words, n):
            places[:n] = words[:n]
    for at in range(n):
        places[at] &= low
    for at in range(1, n):
        place = places[at]
        order = orders[place]
        i = np.uint64(at)
        while i > np.uint64(0):
            before = places[i - _ONE]
            if order < orders[before] or not _ahead(order, others[place], orders[before], others[before], ids):
                break
            places[i] = before
            i -= _ONE
        places[i] = place


@jit
def _expand(entries: UInt64Array, owner: int, is_role: bool, ties: Ties, work: Workspace) -> None:
    """Copy a list out with whole orders; ``owner``: its row in ``ties``."""
    orders, others = work.orders, work.others
    base, hashes, role_ids = ties.base, ties.hashes, ties.role_ids
    for at in range(entries.size):
        entry = entries[at]
        other = np.uint64(entry & _LOW)
        row = np.uint64(other >> _OTHER_SHIFT)
        person = row if is_role else np.uint64(owner)
        role = np.uint64(owner) if is_role else row
        others[at] = other
        orders[at] = full_order(np.uint64(entry >> ENTRY_SHIFT), base[person], hashes[person], role_ids[role])


@jit
def _prune(entries: UInt64Array, k: int) -> int:
    """Bring the best k of more to the front, and behind them all that have the key of the k-th; how many these are."""
    select(entries, k)
    last = np.uint64(entries[k - 1] >> ENTRY_SHIFT)
    size, at = np.uint64(k), np.uint64(k)
    while at < np.uint64(entries.size):
        entry = entries[at]
        entries[size] = entry
        size += np.uint64((entry >> ENTRY_SHIFT) == last)
        at += _ONE
    return np.int64(size)


@jit
def cut(lists: Lists, i: int, owner: int, is_role: bool, ties: Ties, work: Workspace) -> None:
    """Keep what can be among the best k of a full list, and raise its floor."""
    k, start, n = lists.k[i], lists.starts[i], lists.sizes[i]
    entries = lists.entries[start : start + n]
    size = _prune(entries, k)
    last = np.uint32(entries[k - 1] >> ENTRY_SHIFT)
    if 4 * (size - k) > n:  # equals alone would fill it again soon
        _expand(entries[:size], owner, is_role, ties, work)
        sort(work, size, ties.technician_ids if is_role else ties.role_ids)
        places = work.places
        for at in range(k):
            place = places[at]
            key = np.uint64(work.orders[place] >> ORDER_SHIFT)
            entries[at] = np.uint64((key << ENTRY_SHIFT) | work.others[place])
        size = k
    lists.sizes[i] = size
    lists.floor[i] = last
    lists.gate[i] = gate_of(last)


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
        if size > n > 0:
            size = _prune(entries[at_first : at_first + size], n)
        _expand(entries[at_first : at_first + size], first_owner + i, is_role, ties, work)
        sort(work, size, other_ids)
        places = work.places
        for at in range(n):
            place = places[at]
            other = others[place]
            ids[starts[i] + at] = other_ids[other >> _OTHER_SHIFT]
            orders[starts[i] + at] = whole[place]
            failed[starts[i] + at] = np.int8(other & _FAILED) if near else np.int8(-1)
