"""What a block of people covers of each distinct need, and which of each limit's kinds of need they fail.

A need that many of the block cover is a dense row of bytes, which vectors add; one that few cover is a short list of
people and values; one that nobody covers is nothing, and a role of only such needs is passed over.
"""

from typing import NamedTuple

import numpy as np

from matching.engine.compiled.jit import jit
from matching.engine.constants import FULL, Int8Array, Int32Array, Int64Array, UInt8Array, UInt16Array, UInt64Array

EMPTY, LISTED, DENSE = 0, 1, 2
ANY = 1
_ONE = np.uint64(1)


class Needs(NamedTuple):
    """The distinct needs (skill and level), and the relatedness as compressed rows: skill needed, skills held."""

    skill: Int32Array
    level: UInt8Array
    indptr: Int64Array
    held: Int32Array
    value: UInt8Array


class People(NamedTuple):
    """Technicians as compressed rows, a whole side."""

    indptr: Int64Array
    skill: Int32Array
    level: UInt8Array
    has: UInt64Array


class Kinds(NamedTuple):
    """Each limit's distinct needs: ``limit`` and ``need`` (words) of every kind; modes and columns of the limits."""

    limit: Int64Array
    need: UInt64Array
    mode: Int8Array
    first: Int64Array
    last: Int64Array


class Covered(NamedTuple):
    """What ``cover`` found. ``place``: the dense row, or where the list starts; ``size``: how many cover the need.

    ``worth``: the sum of all their coverage.
    """

    form: UInt8Array
    place: Int64Array
    size: Int64Array
    worth: Int64Array
    dense: UInt8Array
    person: UInt16Array
    value: UInt8Array


class Postings(NamedTuple):
    """A block's people by skill: ``starts`` int64[skills + 1], then person (row in the block) and level.

    A skill that many hold has a row of ``levels`` besides, number ``common`` (-1: none): vectors are faster there.
    """

    starts: Int64Array
    person: UInt16Array
    level: UInt8Array
    common: Int32Array
    levels: UInt8Array


@jit
def invert(people: People, first: int, last: int, postings: Postings) -> None:
    """Counting sort of a block's skills."""
    starts, by_person, by_level = postings.starts, postings.person, postings.level
    indptr, skills, levels = people.indptr, people.skill, people.level
    starts[:] = 0
    for entry in range(indptr[first], indptr[last]):
        starts[skills[entry] + 1] += 1
    for skill in range(starts.size - 1):
        starts[skill + 1] += starts[skill]
    for row in range(last - first, 0, -1):
        for entry in range(indptr[first + row - 1], indptr[first + row]):
            skill = skills[entry]
            # Filled from the end, so that starts[skill + 1] falls to where the skill starts.
            starts[skill + 1] -= 1
            at = starts[skill + 1]
            by_person[at] = np.uint16(row - 1)
            by_level[at] = levels[entry]
    n = indptr[last] - indptr[first]
    for skill in range(starts.size - 1):
        starts[skill] = starts[skill + 1]
    starts[starts.size - 1] = n


def _worths() -> UInt8Array:
    """Coverage of relatedness x, level asked y and level held z, at ``8 * (5 * x + y) + z``: division is slow."""
    related, asked, held = np.ogrid[: FULL + 1, :5, :8]
    return np.asarray(related * np.minimum(held, asked) // np.maximum(asked, 1)).astype(np.uint8).reshape(-1)


WORTHS = _worths()


@jit
def _holders(
    first: int, last: int, related: Int32Array, values: UInt8Array, starts: Int64Array, common: Int32Array,
    by_person: UInt16Array, levels: UInt8Array, holder: UInt16Array, worth: UInt16Array,
) -> int:  # fmt: skip
    """Who holds anything related to a skill, but common ones, and where WORTHS has what it covers at level 0."""
    n, at = np.uint64(0), np.uint64(first)
    while at < np.uint64(last):
        held = np.uint64(related[at])
        entry, stop = np.uint64(starts[held]), np.uint64(starts[held + _ONE])
        if entry < stop and common[held] < 0:
            base = np.uint16(np.uint16(40) * np.uint16(values[at]))
            while entry < stop:
                holder[n] = by_person[entry]
                worth[n] = np.uint16(base + np.uint16(levels[entry]))
                n += _ONE
                entry += _ONE
        at += _ONE
    return np.int64(n)


@jit
def _best_holders(
    rows: UInt8Array, row: int, holder: UInt16Array, worth: UInt16Array, holders: int, asked: int, touched: UInt16Array
) -> int:
    """Raise a row to what holders cover of a level; returns how many are touched."""
    n, i, whole_row, level = np.uint64(0), np.uint64(0), np.uint64(row), np.uint64(8 * asked)
    while i < np.uint64(holders):
        p, value = holder[i], WORTHS[level + np.uint64(worth[i])]
        before = rows[whole_row, p]
        # Without a branch: whoever is new stays in the list, the others are overwritten by the next one.
        touched[n] = p
        n += np.uint64((before == 0) & (value > 0))
        rows[whole_row, p] = max(before, value)
        i += _ONE
    return np.int64(n)


@jit
def _best_common(rows: UInt8Array, row: int, levels: UInt8Array, common: int, worths: int, n: int) -> None:
    """The same for a skill that many hold, from a row of their levels (0: does not hold it)."""
    one, two, three, four = WORTHS[worths + 1], WORTHS[worths + 2], WORTHS[worths + 3], WORTHS[worths + 4]
    for p in range(n):
        level = levels[common, p]
        low = one if level == 1 else (two if level == 2 else np.uint8(0))
        high = three if level == 3 else (four if level == 4 else np.uint8(0))
        rows[row, p] = max(rows[row, p], np.uint8(low | high))


@jit
def spread_common(postings: Postings, least: int) -> int:
    """Rows of levels for the skills that at least so many of the block hold; returns how many these are."""
    starts, person, level = postings.starts, postings.person, postings.level
    common, rows = postings.common, postings.levels
    n = 0
    for skill in range(common.size):
        common[skill] = -1
        if starts[skill + 1] - starts[skill] >= least:
            row = rows[n]
            row[:] = 0
            for entry in range(starts[skill], starts[skill + 1]):
                row[person[entry]] = level[entry]
            common[skill] = n
            n += 1
    return n


@jit
def _total(rows: UInt8Array, row: int, n: int) -> int:
    total = np.uint32(0)
    for p in range(n):
        total = np.uint32(total + np.uint32(rows[row, p]))
    return np.int64(total)


@jit
def _list(
    rows: UInt8Array, row: int, touched: UInt16Array, n: int, person: UInt16Array, value: UInt8Array, first: int
) -> int:
    """Write those who are touched as a list from ``first`` on, and empty the row; returns the sum of the values."""
    total, which, i, at = np.uint64(0), np.uint64(row), np.uint64(0), np.uint64(first)
    while i < np.uint64(n):
        p = touched[i]
        covered = rows[which, p]
        person[at] = p
        value[at] = covered
        rows[which, p] = 0
        total += np.uint64(covered)
        i += _ONE
        at += _ONE
    return np.int64(total)


@jit
def _clear(rows: UInt8Array, row: int, n: int) -> None:
    for p in range(n):
        rows[row, p] = 0


@jit
def cover(
    needs: Needs, postings: Postings, longest_list: int, touched: UInt16Array, holder: UInt16Array, held: UInt16Array,
    out: Covered,
) -> None:  # fmt: skip
    """The best coverage of every distinct need by everyone of the block. Needs of one skill follow one another."""
    starts, by_person, levels = postings.starts, postings.person, postings.level
    skills, asked_levels, indptr, related, values = needs.skill, needs.level, needs.indptr, needs.held, needs.value
    form, place, size, person, value = out.form, out.place, out.size, out.person, out.value
    worth, dense, common, rows = out.worth, out.dense, postings.common, postings.levels
    n_dense, n_listed, holders, before = 0, 0, 0, -1
    width = dense.shape[1]
    _clear(dense, 0, width)
    for need in range(skills.size):
        asked, skill, whole = np.int64(asked_levels[need]), np.int64(skills[need]), False
        first, last = indptr[skill], indptr[skill + 1]
        if skill != before:
            holders = _holders(first, last, related, values, starts, common, by_person, levels, holder, held)
            before = skill
        n = _best_holders(dense, n_dense, holder, held, holders, asked, touched)
        for at in range(first, last):
            if common[related[at]] >= 0:
                worths = 8 * (5 * np.int64(values[at]) + asked)
                _best_common(dense, n_dense, rows, np.int64(common[related[at]]), worths, width)
                # Those it touched are not listed: the row stays one.
                whole |= WORTHS[worths + 4] > 0
        size[need] = n
        worth[need] = 0
        if whole or n > longest_list:
            form[need], place[need], worth[need] = DENSE, n_dense, _total(dense, n_dense, width)
            n_dense += 1
            _clear(dense, n_dense, width)
        elif n == 0:
            form[need] = EMPTY
        else:
            form[need], place[need] = LISTED, n_listed
            worth[need] = _list(dense, n_dense, touched, n, person, value, n_listed)
            n_listed += n


@jit
def fail(
    kinds: Kinds, limit: int, need: UInt64Array, has: UInt64Array, n: int, hit: UInt64Array, out: UInt8Array
) -> None:  # fmt: skip
    """Set the limit's bit in ``out`` for those of the block who fail this need. ``has``: uint64[words, people]."""
    bit = np.uint8(1 << limit)
    if kinds.mode[limit] == ANY:
        hit[:n] = 0
        for word in range(kinds.first[limit], kinds.last[limit]):
            if need[word]:
                column, wanted = has[word], need[word]
                for p in range(n):
                    hit[p] |= column[p] & wanted
        for p in range(n):
            out[p] |= bit if hit[p] == np.uint64(0) else np.uint8(0)
    else:
        for word in range(kinds.first[limit], kinds.last[limit]):
            if need[word]:
                column, wanted = has[word], need[word]
                for p in range(n):
                    out[p] |= bit if (wanted & ~column[p]) != np.uint64(0) else np.uint8(0)


@jit
def fail_kinds(kinds: Kinds, has: UInt64Array, n: int, hit: UInt64Array, out: UInt8Array) -> None:
    """A byte row for every kind: 0 or the limit's bit."""
    for kind in range(kinds.limit.size):
        row = out[kind]
        row[:n] = 0
        fail(kinds, kinds.limit[kind], kinds.need[kind], has, n, hit, row)
