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
def best_coverage(
    row: UInt8Array, touched: UInt16Array, n: int, person: UInt16Array, level: UInt8Array, worths: int
) -> int:
    """Raise a row to what holders of one skill cover; returns how many are touched, ``n`` of them before."""
    for entry in range(person.size):
        p, value = person[entry], WORTHS[worths + np.int64(level[entry])]
        before = row[p]
        # Without a branch: whoever is new stays in the list, the others are overwritten by the next one.
        touched[n] = p
        n += np.int64((before == 0) & (value > 0))
        row[p] = max(before, value)
    return n


@jit
def _best_common(row: UInt8Array, levels: UInt8Array, worths: int, n: int) -> None:
    """The same for a skill that many hold, from a row of their levels (0: does not hold it)."""
    one, two, three, four = WORTHS[worths + 1], WORTHS[worths + 2], WORTHS[worths + 3], WORTHS[worths + 4]
    for p in range(n):
        level = levels[p]
        low = one if level == 1 else (two if level == 2 else np.uint8(0))
        high = three if level == 3 else (four if level == 4 else np.uint8(0))
        row[p] = max(row[p], np.uint8(low | high))


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
def _total(row: UInt8Array) -> int:
    total = np.uint32(0)
    for p in range(row.size):
        total = np.uint32(total + np.uint32(row[p]))
    return np.int64(total)


@jit
def cover(needs: Needs, postings: Postings, longest_list: int, touched: UInt16Array, out: Covered) -> None:
    """The best coverage of every distinct need by everyone of the block."""
    starts, by_person, levels = postings.starts, postings.person, postings.level
    skills, asked_levels, indptr, related, values = needs.skill, needs.level, needs.indptr, needs.held, needs.value
    form, place, size, person, value = out.form, out.place, out.size, out.person, out.value
    worth, common, rows = out.worth, postings.common, postings.levels
    n_dense, n_listed = 0, 0
    out.dense[0, :] = 0
    for need in range(skills.size):
        row = out.dense[n_dense]
        asked, skill, n, whole = np.int64(asked_levels[need]), skills[need], 0, False
        for at in range(indptr[skill], indptr[skill + 1]):
            start, stop = starts[related[at]], starts[related[at] + 1]
            if start < stop:
                worths = 8 * (5 * np.int64(values[at]) + asked)
                if common[related[at]] >= 0:
                    _best_common(row, rows[common[related[at]]], worths, row.size)
                    # Those it touched are not listed: the row stays one.
                    whole |= WORTHS[worths + 4] > 0
                else:
                    n = best_coverage(row, touched, n, by_person[start:stop], levels[start:stop], worths)
        size[need] = n
        worth[need] = 0
        if whole or n > longest_list:
            form[need], place[need], worth[need] = DENSE, n_dense, _total(row)
            n_dense += 1
            out.dense[n_dense, :] = 0
        elif n == 0:
            form[need] = EMPTY
        else:
            form[need], place[need] = LISTED, n_listed
            for i in range(n):
                person[n_listed + i] = touched[i]
                value[n_listed + i] = row[touched[i]]
                worth[need] += np.int64(row[touched[i]])
                row[touched[i]] = 0
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
