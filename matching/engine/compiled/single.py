"""One technician against all roles, and one role against all technicians: every pair, and the best of them.

Both sides stand in the order of their ids, so that pairs come out sorted by id. What is fitted once: for roles, who
asks for what; for technicians, who holds what, in ranges whose rows stay in the cache.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.compiled.jit import COVERED, ENOUGH, full_order, jit
from matching.engine.compiled.reservoir import FAILED_BITS, Workspace, select, sort
from matching.engine.compiled.rows import ANY, WORTHS, Kinds, fail
from matching.engine.constants import (
    Int8Array,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt16Array,
    UInt32Array,
    UInt64Array,
)

_OTHER_SHIFT = np.uint64(FAILED_BITS)
_SUM = np.uint32(0xFFFF)
_MUST_ONE = np.uint32(1 << 16)
_MANY = -2


class RoleIndex(NamedTuple):
    """Roles: what each skill and level covers (``covers_*``), who asks for each need, and their limits by profile."""

    covers_indptr: Int64Array
    covers_need: Int32Array
    covers_value: UInt8Array
    asked_indptr: Int64Array
    asked_role: Int32Array
    asked_weight: UInt16Array
    asked_must: UInt8Array
    n_musts: UInt16Array
    ids: Int64Array
    profile: Int32Array
    words: UInt64Array  # [words, profiles]


class PeopleIndex(NamedTuple):
    """Technicians: postings of every range one after the other (``starts`` [ranges, skills + 1]), and columns."""

    starts: Int64Array
    person: UInt16Array
    level: UInt8Array
    has: UInt64Array  # [words, people]
    base: UInt64Array
    hashes: UInt64Array
    ids: Int64Array


class Found(NamedTuple):
    """Pairs as they are found, with room for the whole side."""

    ids: Int64Array
    orders: UInt64Array
    failed: Int8Array


class RoleScratch(NamedTuple):
    """Room to work on all roles; ``best`` and ``total`` are left zero."""

    best: UInt8Array
    needs: Int32Array
    total: UInt32Array
    mask: UInt8Array
    asked: UInt64Array
    hit: UInt64Array
    chosen: Int32Array


class RangeScratch(NamedTuple):
    """Room to work on one range of people."""

    row: UInt8Array
    total: UInt16Array
    met: UInt16Array
    mask: UInt8Array
    hit: UInt64Array
    chosen: Int64Array


@jit
def _add(total: UInt16Array, row: UInt8Array, weight: np.uint16, n: int) -> None:
    for p in range(n):
        total[p] = np.uint16(total[p] + weight * np.uint16(row[p]))


@jit
def _count_met(met: UInt16Array, row: UInt8Array, n: int) -> None:
    for p in range(n):
        met[p] = np.uint16(met[p] + np.uint16(row[p] >= COVERED))


@jit
def _limit_numbers() -> Int8Array:
    """For every set of failed limits (bits): -1 for none, the number of the one, or _MANY."""
    numbers = np.full(256, _MANY, dtype=np.int8)
    numbers[0] = -1
    for limit in range(8):
        numbers[1 << limit] = limit
    return numbers


@jit
def _fail_profiles(index: RoleIndex, kinds: Kinds, has: UInt64Array, room: RoleScratch) -> None:
    """Which limits one person fails, for every profile of limits that roles have."""
    mask, asked, hit = room.mask, room.asked, room.hit
    mask[:] = 0
    for limit in range(kinds.mode.size):
        bit = np.uint8(1 << limit)
        if kinds.mode[limit] == ANY:
            asked[:] = 0
            hit[:] = 0
            for word in range(kinds.first[limit], kinds.last[limit]):
                column, held = index.words[word], has[word]
                for p in range(column.size):
                    asked[p] |= column[p]
                for p in range(column.size):
                    hit[p] |= column[p] & held
            for p in range(mask.size):
                mask[p] |= bit if (asked[p] != np.uint64(0)) & (hit[p] == np.uint64(0)) else np.uint8(0)
        else:
            for word in range(kinds.first[limit], kinds.last[limit]):
                column, lacking = index.words[word], np.uint64(~has[word])
                for p in range(column.size):
                    mask[p] |= bit if (column[p] & lacking) != np.uint64(0) else np.uint8(0)


@jit
def _sum_roles(index: RoleIndex, held: Int32Array, room: RoleScratch) -> None:
    """Every role's sum, with one more ``1 << 16`` for each must that is covered."""
    indptr, need_of, values = index.covers_indptr, index.covers_need, index.covers_value
    best, needs, total = room.best, room.needs, room.total
    n = 0
    for row in held:
        for at in range(indptr[row], indptr[row + 1]):
            need, value = need_of[at], values[at]
            before = best[need]
            needs[n] = need
            n += np.int64(before == 0)
            best[need] = max(before, value)
    starts, roles, weights, musts = index.asked_indptr, index.asked_role, index.asked_weight, index.asked_must
    for i in range(n):
        need = needs[i]
        value = best[need]
        best[need] = 0
        must = _MUST_ONE if value >= COVERED else np.uint32(0)
        for at in range(starts[need], starts[need + 1]):
            worth = np.uint32(weights[at]) * np.uint32(value) + must * np.uint32(musts[at])
            total[roles[at]] = np.uint32(total[roles[at]] + worth)


@jit
def one_technician(
    index: RoleIndex, kinds: Kinds, held: Int32Array, has: UInt64Array, base: np.uint64, hashed: np.uint64,
    room: RoleScratch, found: Found,
) -> tuple[int, int]:  # fmt: skip
    """All pairs of one person into ``found``, by the roles' ids; how many, and how many roles are in reach."""
    _sum_roles(index, held, room)
    _fail_profiles(index, kinds, has, room)
    total, mask, chosen, profile, n_musts = room.total, room.mask, room.chosen, index.profile, index.n_musts
    marks, role_ids, orders, ids = found.failed, index.ids, found.orders, found.ids
    number = _limit_numbers()
    n = 0
    for role in range(total.size):
        failed = mask[profile[role]]
        chosen[n] = role
        marks[n] = number[failed]
        n += np.int64((total[role] != np.uint32(0)) & (number[failed] != _MANY))
    reach = 0
    for i in range(n):
        role = chosen[i]
        value = total[role]
        sum_, met = np.uint32(value & _SUM), (value >> np.uint32(16)) == n_musts[role]
        reach += np.int64(met & (sum_ >= ENOUGH) & (marks[i] < 0))
        key = np.uint64(np.uint64(sum_) | (np.uint64(met) << np.uint64(16)))
        ids[i] = role_ids[role]
        orders[i] = full_order(key, base, hashed, role_ids[role])
    total[:] = 0
    return n, reach


@jit
def _raise(row: UInt8Array, person: UInt16Array, level: UInt8Array, worths: int) -> None:
    """Raise a row to what holders of one skill cover."""
    for entry in range(person.size):
        row[person[entry]] = max(row[person[entry]], WORTHS[worths + np.int64(level[entry])])


@jit
def one_role(
    index: PeopleIndex, kinds: Kinds, skills: Int32Array, levels: UInt8Array, weights: UInt16Array, must: UInt8Array,
    indptr: Int64Array, related: Int32Array, values: UInt8Array, need: UInt64Array, role_id: np.int64,
    size: int, room: RangeScratch, found: Found,
) -> tuple[int, int]:  # fmt: skip
    """All pairs of one role into ``found``, by the people's ids; how many, and how many people are in reach."""
    n_musts = np.uint16(must.sum())
    row, total, met, mask, chosen = room.row, room.total, room.met, room.mask, room.chosen
    all_ids, base, hashes = index.ids, index.base, index.hashes
    ids, orders, marks, number = found.ids, found.orders, found.failed, _limit_numbers()
    out, reach = 0, 0
    for range_ in range(index.starts.shape[0]):
        first = range_ * size
        n = min(size, all_ids.size - first)
        starts = index.starts[range_]
        total[:n] = 0
        met[:n] = 0
        for at in range(skills.size):
            asked = np.int64(levels[at])
            row[:n] = 0
            covered = False
            for entry in range(indptr[skills[at]], indptr[skills[at] + 1]):
                start, stop = starts[related[entry]], starts[related[entry] + 1]
                if start < stop:
                    covered = True
                    worths = 8 * (5 * np.int64(values[entry]) + asked)
                    _raise(row, index.person[start:stop], index.level[start:stop], worths)
            if covered:
                _add(total, row, weights[at], n)
                if must[at]:
                    _count_met(met, row, n)
        mask[:n] = 0
        has = index.has[:, first : first + n]
        for limit in range(kinds.mode.size):
            asked_any = np.uint64(0)
            for word in range(kinds.first[limit], kinds.last[limit]):
                asked_any |= need[word]
            if asked_any:
                fail(kinds, limit, need, has, n, room.hit, mask)
        some = 0
        for p in range(n):
            chosen[some] = p
            marks[out + some] = number[mask[p]]
            some += np.int64((total[p] > 0) & (number[mask[p]] != _MANY))
        for i in range(some):
            p = chosen[i]
            good, person = met[p] == n_musts, first + p
            reach += np.int64(good & (total[p] >= ENOUGH) & (marks[out + i] < 0))
            key = np.uint64(np.uint64(total[p]) | (np.uint64(good) << np.uint64(16)))
            ids[out + i] = all_ids[person]
            orders[out + i] = full_order(key, base[person], hashes[person], role_id)
        out += some
    return out, reach


@jit
def best_of(found: Found, n: int, near: bool, k: int, work: Workspace) -> tuple[UInt64Array, int]:
    """The places among the first n pairs of the best k of one part, best first, and how many that part has."""
    orders, marks, copy, room, others = found.orders, found.failed, work.places, work.orders, work.others
    count = 0
    for i in range(n):
        copy[count] = orders[i]
        count += np.int64((marks[i] >= 0) == near)
    if k == 0 or count == 0:
        return np.empty(0, dtype=np.uint64), count
    least = np.uint64(0)
    if count > k:
        select(copy[:count], k)
        least = copy[k - 1]
    some = 0
    for i in range(n):
        room[some] = orders[i]
        others[some] = np.uint64(np.uint64(i) << _OTHER_SHIFT)
        some += np.int64(((marks[i] >= 0) == near) & (orders[i] >= least))
    sort(work, some, found.ids)
    places = work.places
    best = np.empty(min(k, some), dtype=np.uint64)
    for i in range(best.size):
        best[i] = others[np.int64(places[i])] >> _OTHER_SHIFT
    return best, count
