"""One block of people against all roles, into both sides' lists.

Every step over a role's people is a loop that vectors do: sums and limits in 16- and 8-bit lanes, then one pass that
counts and flags those who may enter a list, theirs or the role's. Only flagged pairs are looked at one by one.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.compiled.jit import COVERED, jit
from matching.engine.compiled.lanes import (
    FULL_BIT,
    NEAR_BIT,
    PERSON_BIT,
    REACH_BIT,
    ROLE_BIT,
    add,
    add_four,
    add_two,
    count,
    gather,
    judge,
    lacking,
    unite,
    unite_two,
)
from matching.engine.compiled.reservoir import ENTRY_SHIFT, FAILED_BITS, Lists, Ties, Workspace, cut, reset
from matching.engine.compiled.rows import (
    DENSE,
    LISTED,
    Covered,
    Kinds,
    Needs,
    People,
    Postings,
    cover,
    fail,
    fail_kinds,
    invert,
    spread_common,
)
from matching.engine.constants import (
    KEY_SUM_BITS,
    MAX_SUM,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt16Array,
    UInt32Array,
    UInt64Array,
)

DIRECT = -2
"""In ``Asked.kind``: this limit has too many kinds of need for a row each; it is tested for every role anew."""

_STEPS = 32  # roles of one step stay in their order: neighbours ask alike, and rows stay in the cache
_FLUSH = 255  # roles after which 8-bit counters of people are emptied
_OTHER_SHIFT = np.uint64(FAILED_BITS)
_ZERO, _ONE = np.uint64(0), np.uint64(1)
_MUST_SHIFT = np.uint32(KEY_SUM_BITS)


MARKS = np.array([max(0, failed.bit_length() - 1) for failed in range(256)], dtype=np.uint8)
"""The number of the one limit that is failed, by the bits of failed ones."""


class Asked(NamedTuple):
    """The roles: their needs by number, and by limit the kind of what they need (-1 nothing, or DIRECT)."""

    indptr: Int64Array
    need: Int32Array
    weight: UInt16Array
    must: UInt8Array
    n_musts: UInt16Array
    kind: Int32Array
    words: UInt64Array


class Side(NamedTuple):
    """One side's lists, and how many each owner can reach."""

    lists: Lists
    reachable: Int64Array


class Room(NamedTuple):
    """What a thread works in. ``total`` to ``reachable``: one cell for each of the block's people.

    ``states``, and the counters ``found`` to ``reachable``, are bytes; a name in the plural is eight of them a word.
    """

    postings: Postings
    covered: Covered
    failing: UInt8Array
    has: UInt64Array
    hit: UInt64Array
    touched: UInt16Array
    holder: UInt16Array
    held: UInt16Array
    total: UInt16Array
    lack: UInt8Array
    spare: UInt8Array
    mask: UInt8Array
    state: UInt8Array
    states: UInt64Array
    counters: UInt8Array  # [3, people]: full, near, reachable
    counts: UInt64Array
    busy: UInt64Array
    chosen: UInt64Array
    rows: Int64Array
    weights: UInt16Array
    turns: Int64Array
    longest_list: int  # a need that more people cover is a row
    least_common: int  # a skill that as many hold has a row of levels
    work: Workspace


@jit
def _by_promise(asked: Asked, covered: Covered, n: int, turns: Int64Array) -> int:
    """Put the roles of which anything is covered in turn, the highest mean sum first; returns how many.

    Lists fill with good pairs early then, and most of the others are never looked at. Counting sort, by steps.
    """
    indptr, need, weight, worth = asked.indptr, asked.need, asked.weight, covered.worth
    n_roles = indptr.size - 1
    step = np.empty(n_roles, dtype=np.int32)
    counts = np.zeros(_STEPS + 1, dtype=np.int64)
    for role in range(n_roles):
        total = 0
        for at in range(indptr[role], indptr[role + 1]):
            total += worth[need[at]] * np.int64(weight[at])
        step[role] = -1 if total == 0 else _STEPS - 1 - total * _STEPS // (n * (MAX_SUM + 1))
        counts[step[role] + 1] += np.int64(total > 0)
    for i in range(_STEPS):
        counts[i + 1] += counts[i]
    for role in range(n_roles):
        if step[role] >= 0:
            turns[counts[step[role]]] = role
            counts[step[role]] += 1
    return counts[_STEPS]


# Arrays, not tuples of them, are handed on in what is done for each role: a tuple is copied and counted field by field.


@jit
def _sum_rows(
    total: UInt16Array, first: int, last: int, need: Int32Array, weight: UInt16Array,
    form: UInt8Array, place: Int64Array, dense: UInt8Array, rows: Int64Array, weights: UInt16Array, n: int,
) -> None:  # fmt: skip
    """What the dense rows give a role, four at a time."""
    total[:n] = 0
    left = 0
    for at in range(first, last):
        if form[need[at]] == DENSE:
            rows[left] = place[need[at]]
            weights[left] = weight[at]
            left += 1
    while left >= 4:
        left -= 4
        a, b, c, d = rows[left], rows[left + 1], rows[left + 2], rows[left + 3]
        u, v, w, x = weights[left], weights[left + 1], weights[left + 2], weights[left + 3]
        add_four(total, dense, a, b, c, d, u, v, w, x, n)
    if left >= 2:
        left -= 2
        add_two(total, dense, rows[left], rows[left + 1], weights[left], weights[left + 1], n)
    if left:
        add(total, dense, rows[0], weights[0], n)


@jit
def _sum_lists(
    total: UInt16Array, first: int, last: int, need: Int32Array, weight: UInt16Array,
    form: UInt8Array, place: Int64Array, size: Int64Array, person: UInt16Array, value: UInt8Array,
) -> None:  # fmt: skip
    """What the short lists give it."""
    for at in range(first, last):
        if form[need[at]] == LISTED:
            i, worth = np.uint64(place[need[at]]), weight[at]
            stop = i + np.uint64(size[need[at]])
            while i < stop:
                p = person[i]
                total[p] = np.uint16(total[p] + worth * np.uint16(value[i]))
                i += _ONE


@jit
def _lack(
    lack: UInt8Array, spare: UInt8Array, first: int, last: int, need: Int32Array, must: UInt8Array,
    form: UInt8Array, place: Int64Array, size: Int64Array, dense: UInt8Array, person: UInt16Array, value: UInt8Array,
    n: int,
) -> None:  # fmt: skip
    """Who does not cover every must."""
    lack[:n] = 0
    for at in range(first, last):
        if must[at]:
            start = place[need[at]]
            if form[need[at]] == DENSE:
                lacking(lack, dense, start, n)
            else:
                spare[:n] = 1
                if form[need[at]] == LISTED:
                    for i in range(start, start + size[need[at]]):
                        spare[person[i]] = np.uint8(value[i] < COVERED)
                for p in range(n):
                    lack[p] |= spare[p]


@jit
def _limits(mask: UInt8Array, failing: UInt8Array, kind: Int32Array, role: int, rows: Int64Array, n: int) -> bool:
    """Which limits each of the block fails, as bits; whether there are limits to be tested directly besides."""
    mask[:n] = 0
    left, direct = 0, False
    for limit in range(kind.shape[1]):
        if kind[role, limit] >= 0:
            rows[left] = kind[role, limit]
            left += 1
        direct |= kind[role, limit] == DIRECT
    while left >= 2:
        left -= 2
        unite_two(mask, failing, rows[left], rows[left + 1], n)
    if left:
        unite(mask, failing, rows[0], n)
    return direct


@jit
def _fail_directly(asked: Asked, role: int, kinds: Kinds, room: Room, n: int) -> None:
    for limit in range(kinds.mode.size):
        if asked.kind[role, limit] == DIRECT:
            fail(kinds, limit, asked.words[role], room.has, n, room.hit, room.mask)


@jit
def _offer(
    chosen: UInt64Array, j: int, some: int, total: UInt16Array, mask: UInt8Array, lack: UInt8Array, marks: UInt8Array,
    owner: np.uint64, owner_step: np.uint64, owners: np.uint64, other: np.uint64, other_step: np.uint64,
    floors: UInt32Array, sizes: Int64Array, starts: Int64Array, entries: UInt64Array,
) -> tuple[int, int]:  # fmt: skip
    """Append those who are chosen, from j on, until a list is full; returns how far it came, and that list or -1.

    Person p goes to list ``owner + owner_step * p`` as ``other + other_step * p``; near parts stand ``owners`` later.
    """
    while j < some:
        p = chosen[np.uint64(j)]
        j += 1
        failed = mask[p]
        i = np.uint64(owner + owner_step * p + (owners if failed else np.uint64(0)))
        key = np.uint32(np.uint32(total[p]) | (np.uint32(lack[p] == 0) << _MUST_SHIFT))
        if key >= floors[i]:
            at = np.uint64(starts[i] + sizes[i])
            low = np.uint64(((other + other_step * p) << _OTHER_SHIFT) | np.uint64(marks[np.uint64(failed)]))
            entries[at] = np.uint64((np.uint64(key) << ENTRY_SHIFT) | low)
            sizes[i] += 1
            if at + np.uint64(1) == starts[i + np.uint64(1)]:
                return j, np.int64(i)
    return j, -1


@jit
def _flush(room: Room, people: Side, n: int) -> None:
    """Move the counters to where there is room for large numbers."""
    size, counters = people.reachable.size, room.counters
    for p in range(n):
        people.lists.found[p] += counters[0, p]
        people.lists.found[size + p] += counters[1, p]
        people.reachable[p] += counters[2, p]
    room.counters[:] = 0


@jit
def _prepare(technicians: People, first: int, n: int, room: Room, people: Side) -> None:
    """Empty the block's lists and counters, and stand what its people have in columns."""
    reset(people.lists)
    people.reachable[:] = 0
    room.counters[:] = 0
    room.state[:] = 0
    columns, has = room.has, technicians.has
    for p in range(n):
        for word in range(columns.shape[0]):
            columns[word, p] = has[first + p, word]


@jit
def score_block(
    technicians: People, first: int, last: int, needs: Needs, asked: Asked, kinds: Kinds, ties: Ties,
    room: Room, people: Side, roles: Side,
) -> None:  # fmt: skip
    """Technicians ``first`` to ``last`` against all roles. Their lists are emptied first; the roles' are filled on."""
    n, size, n_roles = last - first, people.reachable.size, roles.reachable.size
    _prepare(technicians, first, n, room, people)
    invert(technicians, first, last, room.postings)
    spread_common(room.postings, room.least_common)
    cover(needs, room.postings, room.longest_list, room.touched, room.holder, room.held, room.covered)
    fail_kinds(kinds, room.has, n, room.hit, room.failing)
    indptr, need, weight, must, kind = asked.indptr, asked.need, asked.weight, asked.must, asked.kind
    covered = room.covered
    form, place, length, dense = covered.form, covered.place, covered.size, covered.dense
    person, value = covered.person, covered.value
    total, lack, spare, mask, state = room.total, room.lack, room.spare, room.mask, room.state
    states, busy, chosen, rows, weights = room.states, room.busy, room.chosen, room.rows, room.weights
    fulls, nears, reaches = room.counts[0], room.counts[1], room.counts[2]
    mine, its = people.lists, roles.lists
    full_gates, near_gates = mine.gate[:size], mine.gate[size:]
    my_floors, my_sizes, my_starts, my_entries = mine.floor, mine.sizes, mine.starts, mine.entries
    floors, sizes, starts, entries = its.floor, its.sizes, its.starts, its.entries
    gates, found, reachable = its.gate, its.found, roles.reachable
    turns, n_words, failing = room.turns, (n + 7) // 8, room.failing
    some = _by_promise(asked, covered, n, turns)
    for turn in range(some):
        role = turns[turn]
        at, stop = indptr[role], indptr[role + 1]
        _sum_rows(total, at, stop, need, weight, form, place, dense, rows, weights, n)
        _sum_lists(total, at, stop, need, weight, form, place, length, person, value)
        _lack(lack, spare, at, stop, need, must, form, place, length, dense, person, value, n)
        if _limits(mask, failing, kind, role, rows, n):
            _fail_directly(asked, role, kinds, room, n)
        judge(total, mask, lack, full_gates, near_gates, gates[role], gates[n_roles + role], state, n)
        found[role] += count(states, FULL_BIT, fulls, n_words)
        found[n_roles + role] += count(states, NEAR_BIT, nears, n_words)
        reachable[role] += count(states, REACH_BIT, reaches, n_words)
        chosen_ones, j = gather(states, PERSON_BIT, busy, chosen, n_words), 0
        while j < chosen_ones:
            j, i = _offer(
                chosen, j, chosen_ones, total, mask, lack, MARKS, _ZERO, _ONE, np.uint64(size), np.uint64(role), _ZERO,
                my_floors, my_sizes, my_starts, my_entries,
            )  # fmt: skip
            if i >= 0:
                cut(mine, i, first + i % size, False, ties, room.work)
        chosen_ones, j = gather(states, ROLE_BIT, busy, chosen, n_words), 0
        while j < chosen_ones:
            j, i = _offer(
                chosen, j, chosen_ones, total, mask, lack, MARKS, np.uint64(role), _ZERO, np.uint64(n_roles),
                np.uint64(first), _ONE, floors, sizes, starts, entries,
            )  # fmt: skip
            if i >= 0:
                cut(its, i, role, True, ties, room.work)
        if turn % _FLUSH == _FLUSH - 1:
            _flush(room, people, n)
    _flush(room, people, n)
