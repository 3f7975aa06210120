"""Loops over a block's people that vectors do: bytes and 16-bit words, one array written by each, no branch.

LLVM gives up on vectors where it must prove that many arrays do not overlap, hence one written array a loop. Rows are
named by their number: a slice of a matrix would be an object of its own.
"""

import numpy as np

from matching.engine.compiled.jit import COVERED, ENOUGH, jit
from matching.engine.constants import UInt8Array, UInt16Array, UInt64Array

MOST_PEOPLE = 8 * 255
"""The largest block: so many words of ones fit lanes of eight bits."""

FULL_BIT, NEAR_BIT, REACH_BIT, PERSON_BIT, ROLE_BIT = 0, 1, 2, 3, 4
"""What a byte of ``state`` says of a pair; see ``judge``."""

_FULL, _NEAR, _REACH, _PERSON, _ROLE = (np.uint8(1 << bit) for bit in range(5))
_ONE, _NONE = np.uint8(1), np.uint8(0)
_MUSTS_MET = np.uint16(1 << 15)
_ONES = np.uint64(0x0101_0101_0101_0101)
_LANE = np.uint64(0xFF)


@jit
def add(total: UInt16Array, rows: UInt8Array, row: int, weight: np.uint16, n: int) -> None:
    """Add a weighted row."""
    for p in range(n):
        total[p] = np.uint16(total[p] + weight * np.uint16(rows[row, p]))


@jit
def add_two(total: UInt16Array, rows: UInt8Array, a: int, b: int, u: np.uint16, v: np.uint16, n: int) -> None:
    """Add two weighted rows in one pass."""
    for p in range(n):
        total[p] = np.uint16(total[p] + u * np.uint16(rows[a, p]) + v * np.uint16(rows[b, p]))


@jit
def add_four(
    total: UInt16Array, rows: UInt8Array, a: int, b: int, c: int, d: int,
    u: np.uint16, v: np.uint16, w: np.uint16, x: np.uint16, n: int,
) -> None:  # fmt: skip
    """Add four weighted rows in one pass."""
    for p in range(n):
        total[p] = np.uint16(
            total[p]
            + u * np.uint16(rows[a, p])
            + v * np.uint16(rows[b, p])
            + w * np.uint16(rows[c, p])
            + x * np.uint16(rows[d, p])
        )


@jit
def lacking(lack: UInt8Array, rows: UInt8Array, row: int, n: int) -> None:
    """Mark who covers a must by less than it takes."""
    for p in range(n):
        lack[p] |= _ONE if rows[row, p] < COVERED else _NONE


@jit
def unite(mask: UInt8Array, rows: UInt8Array, row: int, n: int) -> None:
    """Or a row into a mask."""
    for p in range(n):
        mask[p] |= rows[row, p]


@jit
def unite_two(mask: UInt8Array, rows: UInt8Array, a: int, b: int, n: int) -> None:
    """Or two rows into a mask in one pass."""
    for p in range(n):
        mask[p] |= rows[a, p] | rows[b, p]


@jit
def gate_of(key: np.uint32) -> np.uint16:
    """A key in 16 bits, rounded: of two keys the larger never gets the smaller one."""
    sum_ = np.uint32(key & np.uint32(0xFFFF))
    return np.uint16(((sum_ + np.uint32(1)) >> np.uint32(1)) | ((key >> np.uint32(16)) << np.uint32(15)))


@jit
def judge(
    total: UInt16Array, mask: UInt8Array, lack: UInt8Array, full_gates: UInt16Array, near_gates: UInt16Array,
    full_gate: np.uint16, near_gate: np.uint16, state: UInt8Array, n: int,
) -> None:  # fmt: skip
    """Whether a pair meets all limits or all but one, is reachable, and may enter the person's list and the role's.

    A sum of 0 is no pair. Gates are floors as ``gate_of`` rounds them: whoever passes is looked at exactly.
    """
    for p in range(n):
        sum_, failed = total[p], mask[p]
        good = lack[p] == _NONE
        some = sum_ != np.uint16(0)
        full = some & (failed == _NONE)
        near = some & (failed != _NONE) & ((failed & np.uint8(failed - _ONE)) == _NONE)
        # Rounded up; 65,535 is above every sum.
        key = np.uint16((np.uint16(sum_ + np.uint16(1)) >> np.uint16(1)) | (_MUSTS_MET if good else np.uint16(0)))
        person = (full & (key >= full_gates[p])) | (near & (key >= near_gates[p]))
        role = (full & (key >= full_gate)) | (near & (key >= near_gate))
        reach = full & good & (sum_ >= ENOUGH)
        state[p] = (
            (_FULL if full else _NONE)
            | (_NEAR if near else _NONE)
            | (_REACH if reach else _NONE)
            | (_PERSON if person else _NONE)
            | (_ROLE if role else _NONE)
        )


@jit
def count(words: UInt64Array, bit: int, counts: UInt64Array, n_words: int) -> int:
    """Count one bit of all states, eight in a word, for each person (in lanes of 8 bits) and in all."""
    total, lanes, shift = 0, np.uint64(0), np.uint64(bit)
    for word in range(n_words):
        ones = np.uint64((words[word] >> shift) & _ONES)
        counts[word] = np.uint64(counts[word] + ones)
        lanes = np.uint64(lanes + ones)
    for _ in range(8):
        total += np.int64(lanes & _LANE)
        lanes = np.uint64(lanes >> np.uint64(8))
    return total


@jit
def gather(words: UInt64Array, bit: int, busy: UInt64Array, chosen: UInt64Array, n_words: int) -> int:
    """The numbers of those with one bit; returns how many. First the words with any, then their people."""
    shift, some, word = np.uint64(bit), np.uint64(0), np.uint64(0)
    flags = np.uint64(_ONES << shift)
    while word < np.uint64(n_words):
        busy[some] = word
        some += np.uint64((words[word] & flags) != np.uint64(0))
        word += np.uint64(1)
    n, i = np.uint64(0), np.uint64(0)
    while i < some:
        flagged = np.uint64(words[busy[i]] >> shift)
        first = np.uint64(busy[i] << np.uint64(3))
        for p in range(8):
            chosen[n] = np.uint64(first + np.uint64(p))
            n += np.uint64((flagged >> np.uint64(8 * p)) & np.uint64(1))
        i += np.uint64(1)
    return np.int64(n)
