"""One block of people against all roles, into both sides' lists.

Every step over a role's people is a loop that vectors do: sums and limits in 16- and 8-bit lanes, then one pass that
counts and flags those who may enter a list, theirs or the role's. Only flagged pairs are looked at one by one.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.compiled.jit import COVERED, ENOUGH, jit
from matching.engine.compiled.reservoir import ENTRY_SHIFT, FAILED_BITS, Lists, Ties, Workspace, cut, reset
from matching.engine.compiled.rows import (
    DENSE,
    EMPTY,
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
    UInt64Array,
)

DIRECT = -2
"""In ``Asked.kind``: this limit has too many kinds of need for a row each; it is tested for every role anew."""

_WHICH = np.uint64(0x0001020304050607)
_STEPS = 8  # coarse: roles of one step stay in their order, neighbours ask alike, and rows stay in the cache
_FLUSH = 32_768  # roles after which 16-bit counters of people are emptied
_OTHER_SHIFT = np.uint64(FAILED_BITS)
_MUST_SHIFT = np.uint64(KEY_SUM_BITS)


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
    """What a thread works in: ``hit`` to ``reachable`` one cell for each of the block's people."""

    postings: Postings
    covered: Covered
    failing: UInt8Array
    has: UInt64Array
    hit: UInt64Array
    touched: UInt16Array
    total: UInt16Array
    met: UInt16Array
    mask: UInt8Array
    flag: UInt8Array
    flags: UInt64Array
    found: UInt16Array
    near: UInt16Array
    reachable: UInt16Array
    chosen: Int32Array
    turns: Int64Array
    longest_list: int  # a need that more people cover is a row
    least_common: int  # a skill that as many hold has a row of levels
    work: Workspace


@jit
def add(total: UInt16Array, row: UInt8Array, weight: np.uint16, n: int) -> None:
    for p in range(n):
        total[p] = np.uint16(total[p] + weight * np.uint16(row[p]))


@jit
def count_met(met: UInt16Array, row: UInt8Array, n: int) -> None:
    for p in range(n):
        met[p] = np.uint16(met[p] + np.uint16(row[p] >= COVERED))


@jit
def _scatter(total: UInt16Array, person: UInt16Array, value: UInt8Array, weight: np.uint16) -> None:
    for i in range(person.size):
        total[person[i]] = np.uint16(total[person[i]] + weight * np.uint16(value[i]))


@jit
def _scatter_met(met: UInt16Array, person: UInt16Array, value: UInt8Array) -> None:
    for i in range(person.size):
        met[person[i]] = np.uint16(met[person[i]] + np.uint16(value[i] >= COVERED))


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


@jit
def _sum(asked: Asked, role: int, covered: Covered, total: UInt16Array, met: UInt16Array, n: int) -> None:
    """The sums of all, and how many musts each covers."""
    first, last = asked.indptr[role], asked.indptr[role + 1]
    asked_need, asked_weight, asked_must = asked.need, asked.weight, asked.must
    form, places, sizes = covered.form, covered.place, covered.size
    total[:n] = 0
    met[:n] = 0
    for at in range(first, last):
        need, weight, must = asked_need[at], asked_weight[at], asked_must[at]
        place = places[need]
        if form[need] == DENSE:
            row = covered.dense[place]
            add(total, row, weight, n)
            if must:
                count_met(met, row, n)
        elif form[need] != EMPTY:
            end = place + sizes[need]
            _scatter(total, covered.person[place:end], covered.value[place:end], weight)
            if must:
                _scatter_met(met, covered.person[place:end], covered.value[place:end])


@jit
def _or(mask: UInt8Array, row: UInt8Array, n: int) -> None:
    for p in range(n):
        mask[p] |= row[p]


@jit
def _limits(asked: Asked, role: int, kinds: Kinds, room: Room, n: int) -> None:
    """Which limits each of the block fails, as bits."""
    mask = room.mask
    mask[:n] = 0
    for limit in range(kinds.mode.size):
        kind = asked.kind[role, limit]
        if kind >= 0:
            _or(mask, room.failing[kind], n)
        elif kind == DIRECT:
            fail(kinds, limit, asked.words[role], room.has, n, room.hit, mask)


# One loop for each array written: LLVM gives up on vectors where it must prove that many arrays do not overlap. All
# that a loop may need is loaded first: a load under a condition is no vector load.


@jit
def _flag(
    total: UInt16Array, mask: UInt8Array, met: UInt16Array, n_musts: np.uint16,
    full_met: UInt16Array, full_unmet: UInt16Array, near_met: UInt16Array, near_unmet: UInt16Array,
    role_floors: tuple[np.uint16, np.uint16, np.uint16, np.uint16], flag: UInt8Array, n: int,
) -> None:  # fmt: skip
    """Flag who may enter a list: the sum is at the floor of theirs or of the role's.

    The floor is that of the full or the near part, for those who meet all musts or for the others.
    """
    role_full_met, role_full_unmet, role_near_met, role_near_unmet = role_floors
    for p in range(n):
        failed, good = mask[p], met[p] == n_musts
        full_1, full_0 = min(full_met[p], role_full_met), min(full_unmet[p], role_full_unmet)
        near_1, near_0 = min(near_met[p], role_near_met), min(near_unmet[p], role_near_unmet)
        full, near = full_1 if good else full_0, near_1 if good else near_0
        floor = full if failed == 0 else near
        flag[p] = np.uint8((total[p] >= floor) & ((failed & np.uint8(failed - np.uint8(1))) == 0))


@jit
def _count_full(total: UInt16Array, mask: UInt8Array, found: UInt16Array, n: int) -> int:
    count = np.uint16(0)
    for p in range(n):
        one = np.uint16((total[p] > 0) & (mask[p] == 0))
        found[p] = np.uint16(found[p] + one)
        count = np.uint16(count + one)
    return np.int64(count)


@jit
def _count_near(total: UInt16Array, mask: UInt8Array, near: UInt16Array, n: int) -> int:
    count = np.uint16(0)
    for p in range(n):
        failed = mask[p]
        one = np.uint16((total[p] > 0) & (failed != 0) & ((failed & np.uint8(failed - np.uint8(1))) == 0))
        near[p] = np.uint16(near[p] + one)
        count = np.uint16(count + one)
    return np.int64(count)


@jit
def _count_reachable(
    total: UInt16Array, mask: UInt8Array, met: UInt16Array, n_musts: np.uint16, reachable: UInt16Array, n: int
) -> int:
    count = np.uint16(0)
    for p in range(n):
        one = np.uint16((total[p] >= ENOUGH) & (mask[p] == 0) & (met[p] == n_musts))
        reachable[p] = np.uint16(reachable[p] + one)
        count = np.uint16(count + one)
    return np.int64(count)


@jit
def _gather(flags: UInt64Array, chosen: Int32Array, n: int) -> int:
    """The numbers of those who are flagged; returns how many. Flags are 0 or 1, eight to a word."""
    count = 0
    for word in range((n + 7) // 8):
        flagged = flags[word]
        while flagged:
            lowest = np.uint64(flagged & (~flagged + np.uint64(1)))
            flagged = np.uint64(flagged ^ lowest)
            chosen[count] = np.int32(8 * word + np.int64((lowest * _WHICH) >> np.uint64(56)))  # byte j is 1 << 8 j
            count += 1
    return count


@jit
def _offer_people(  # one entry each into many lists
    room: Room, count: int, first: int, role: int, n_musts: int, marks: UInt8Array, mine: Lists, ties: Ties
) -> None:
    # Fields are taken out before the loop: inside it, each would cost a count of references.
    chosen, total, mask, met = room.chosen, room.total, room.mask, room.met
    floors_met, floors_unmet, sizes, starts, entries = (
        mine.floor_met, mine.floor_unmet, mine.sizes, mine.starts, mine.entries
    )  # fmt: skip
    people, low = mine.k.size // 2, np.uint64(np.uint64(role) << _OTHER_SHIFT)
    for j in range(count):
        p = np.int64(chosen[j])
        sum_, failed, good = total[p], mask[p], met[p] == n_musts
        i = p + people * np.int64(failed != 0)
        met_floor, unmet_floor = floors_met[i], floors_unmet[i]
        if sum_ >= (met_floor if good else unmet_floor):
            at = starts[i] + sizes[i]
            key = np.uint64(sum_) | (np.uint64(good) << _MUST_SHIFT)
            entries[at] = np.uint64((key << ENTRY_SHIFT) | low | np.uint64(marks[failed]))
            sizes[i] += 1
            if at + 1 == starts[i + 1]:
                cut(mine, i, first + p, False, ties, room.work)


@jit
def _offer_role(  # many entries into the two lists of one
    room: Room, count: int, first: int, role: int, n_musts: int, marks: UInt8Array, its: Lists, ties: Ties
) -> None:
    chosen, total, mask, met = room.chosen, room.total, room.mask, room.met
    floors_met, floors_unmet, sizes, starts, entries = (
        its.floor_met, its.floor_unmet, its.sizes, its.starts, its.entries
    )  # fmt: skip
    roles = its.k.size // 2
    for j in range(count):
        p = np.int64(chosen[j])
        sum_, failed, good = total[p], mask[p], met[p] == n_musts
        i = role + roles * np.int64(failed != 0)
        met_floor, unmet_floor = floors_met[i], floors_unmet[i]
        if sum_ >= (met_floor if good else unmet_floor):
            at = starts[i] + sizes[i]
            key = np.uint64(sum_) | (np.uint64(good) << _MUST_SHIFT)
            other = np.uint64(np.uint64(first + p) << _OTHER_SHIFT)
            entries[at] = np.uint64((key << ENTRY_SHIFT) | other | np.uint64(marks[failed]))
            sizes[i] += 1
            if at + 1 == starts[i + 1]:
                cut(its, i, role, True, ties, room.work)


@jit
def _flush(room: Room, people: Side, n: int) -> None:
    size = people.reachable.size
    full, near, reachable = people.lists.found[:size], people.lists.found[size:], people.reachable
    for p in range(n):
        full[p] += room.found[p]
        near[p] += room.near[p]
        reachable[p] += room.reachable[p]
    room.found[:] = 0
    room.near[:] = 0
    room.reachable[:] = 0


@jit
def _prepare(technicians: People, first: int, n: int, room: Room, people: Side) -> None:
    """Empty the block's lists and counters, and stand what its people have in columns."""
    reset(people.lists)
    people.reachable[:] = 0
    room.found[:] = 0
    room.near[:] = 0
    room.reachable[:] = 0
    room.flag[:] = 0
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
    cover(needs, room.postings, room.longest_list, room.touched, room.covered)
    fail_kinds(kinds, room.has, n, room.hit, room.failing)
    mine, its = people.lists, roles.lists
    met, unmet = its.floor_met, its.floor_unmet
    turns = room.turns
    some = _by_promise(asked, room.covered, n, turns)
    for turn in range(some):
        role = turns[turn]
        _sum(asked, role, room.covered, room.total, room.met, n)
        _limits(asked, role, kinds, room, n)
        n_musts = asked.n_musts[role]
        its.found[role] += _count_full(room.total, room.mask, room.found, n)
        its.found[n_roles + role] += _count_near(room.total, room.mask, room.near, n)
        roles.reachable[role] += _count_reachable(room.total, room.mask, room.met, n_musts, room.reachable, n)
        _flag(
            room.total, room.mask, room.met, n_musts,
            mine.floor_met[:size], mine.floor_unmet[:size], mine.floor_met[size:], mine.floor_unmet[size:],
            (met[role], unmet[role], met[n_roles + role], unmet[n_roles + role]), room.flag, n,
        )  # fmt: skip
        count = _gather(room.flags, room.chosen, n)
        if count:
            _offer_people(room, count, first, role, n_musts, MARKS, mine, ties)
            _offer_role(room, count, first, role, n_musts, MARKS, its, ties)
        if turn % _FLUSH == _FLUSH - 1:
            _flush(room, people, n)
    _flush(room, people, n)
