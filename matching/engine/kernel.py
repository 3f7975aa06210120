"""The hot loops, compiled by numba: people against roles, one person at a time, with exact bounded lists.

For one technician the maximum over the skills held is taken once for every distinct need (``best``), the needs hand
their worth on to the roles that ask for them (``total``), and only roles that were touched are looked at: limits, key,
tie order, and a bounded min-heap for either side. Everything is integers, so that threads, blocks and machines agree.
Plain arrays in and out; ``kernel_calls`` packs and unpacks them. Compiled code is cached beside this file.
"""

import numba as nb
import numpy as np

from matching.engine.constants import KEY_SUM_BITS, KEY_SUM_MASK, MUST_COVERED, NONE_FAILED, REACHABLE_PERCENT, WEIGHT_SUM
from matching.engine.score import HASH_BITS, KEY_SHIFT

_jit = nb.njit(cache=True, nogil=True, boundscheck=False)
_HASH_SHIFT = np.uint64(64 - HASH_BITS)
_HASH_ALL = np.uint64((1 << HASH_BITS) - 1)
_KEY_SHIFT = np.uint64(KEY_SHIFT)
_ENOUGH = np.uint32(REACHABLE_PERCENT * WEIGHT_SUM)
_SUM_MASK = np.uint32(KEY_SUM_MASK)
_MUST_ONE = np.uint32(1 << KEY_SUM_BITS)
_SUM_BITS = np.uint32(KEY_SUM_BITS)
_COVERED = np.uint8(MUST_COVERED)
_NONE = np.int8(NONE_FAILED)


@_jit
def _splitmix(value: np.uint64) -> np.uint64:
    z = value + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@_jit
def _worse(order: np.uint64, id_: np.int64, other: np.uint64, other_id: np.int64) -> bool:
    """Whether the one stands behind the other: a smaller order, or the same and a larger id."""
    return order < other or (order == other and id_ > other_id)


@_jit
def _sift(orders, ids, failed, start, size, at):  # noqa: ANN001, ANN202  numba's own types
    """Let the entry ``at`` of a heap sink to its place; the worst stands on top."""
    order, id_, mark = orders[start + at], ids[start + at], failed[start + at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _worse(
            orders[start + child + 1], ids[start + child + 1], orders[start + child], ids[start + child]
        ):
            child += 1
        if not _worse(orders[start + child], ids[start + child], order, id_):
            break
        orders[start + at] = orders[start + child]
        ids[start + at] = ids[start + child]
        failed[start + at] = failed[start + child]
        at = child
    orders[start + at], ids[start + at], failed[start + at] = order, id_, mark


@_jit
def _push(orders, ids, failed, start, k, size, order, id_, mark):  # noqa: ANN001, ANN202
    """Offer an entry to a list of at most ``k``; returns its new size. A heap from the moment it is full."""
    if size < k:
        orders[start + size], ids[start + size], failed[start + size] = order, id_, mark
        size += 1
        if size == k:
            for at in range(k // 2 - 1, -1, -1):
                _sift(orders, ids, failed, start, k, at)
        return size
    if k and _worse(orders[start], ids[start], order, id_):
        orders[start], ids[start], failed[start] = order, id_, mark
        _sift(orders, ids, failed, start, k, 0)
    return size


@_jit
def _rank(orders, ids, failed, start, k, size):  # noqa: ANN001, ANN202
    """Sort a list in place, the best first (heap sort: the worst goes to the end)."""
    if size < k:
        for at in range(size // 2 - 1, -1, -1):
            _sift(orders, ids, failed, start, size, at)
    for end in range(size - 1, 0, -1):
        orders[start], orders[start + end] = orders[start + end], orders[start]
        ids[start], ids[start + end] = ids[start + end], ids[start]
        failed[start], failed[start + end] = failed[start + end], failed[start]
        _sift(orders, ids, failed, start, end, 0)


@_jit
def rank_all(orders, ids, failed, starts, k, sizes):  # noqa: ANN001, ANN201
    """Sort every list of a side, the best first."""
    for owner in range(sizes.size):
        _rank(orders, ids, failed, starts[owner], k[owner], sizes[owner])


@_jit
def _failed_limit(need, has, role, person, modes, first_word, last_word):  # noqa: ANN001, ANN202
    """The one limit that a pair fails: its number, ``NONE_FAILED`` for none, -2 for more than one."""
    found = _NONE
    for limit in range(modes.size):
        bad = False
        if modes[limit] == 0:  # all
            for word in range(first_word[limit], last_word[limit]):
                if need[role, word] & ~has[person, word]:
                    bad = True
                    break
        else:
            asked, met = False, False
            for word in range(first_word[limit], last_word[limit]):
                asked |= need[role, word] != 0
                met |= (need[role, word] & has[person, word]) != 0
            bad = asked and not met
        if bad:
            if found != _NONE:
                return np.int8(-2)
            found = np.int8(limit)
    return found


@_jit
def people_against_roles(  # noqa: ANN201, PLR0913
    t_indptr, t_rows, t_has, t_base, t_hash, t_ids,  # noqa: ANN001
    covers_indptr, covers_need, covers_value,  # noqa: ANN001
    asked_indptr, asked_role, asked_weight, asked_must,  # noqa: ANN001
    r_ids, r_need, r_musts,  # noqa: ANN001
    modes, first_word, last_word,  # noqa: ANN001
    t_k, t_near_k, t_orders, t_other, t_failed, t_sizes, t_found, t_reachable,  # noqa: ANN001
    tn_orders, tn_other, tn_failed, tn_sizes, tn_found,  # noqa: ANN001
    r_starts, r_k, r_orders, r_other, r_failed, r_sizes, r_found, r_reachable,  # noqa: ANN001
    rn_starts, rn_k, rn_orders, rn_other, rn_failed, rn_sizes, rn_found,  # noqa: ANN001
):  # fmt: skip
    """Score people against all roles into both sides' lists (technicians: ``t_*`` full, ``tn_*`` near; roles alike).

    ``t_rows``: 4 * skill + level - 1 of each skill held. ``covers_*``: what holding that covers, by need.
    ``asked_*``: which roles ask for a need, with weight and must. Lists of technician i start at i * k.
    """
    best = np.zeros(asked_indptr.size - 1, dtype=np.uint8)
    needs = np.empty(asked_indptr.size - 1, dtype=np.int32)
    total = np.zeros(r_ids.size, dtype=np.uint32)
    touched = np.empty(r_ids.size, dtype=np.int32)
    for person in range(t_ids.size):
        n_needs = 0
        for entry in range(t_indptr[person], t_indptr[person + 1]):
            row = t_rows[entry]
            for at in range(covers_indptr[row], covers_indptr[row + 1]):
                need, value = covers_need[at], covers_value[at]
                if value > best[need]:
                    if best[need] == 0:
                        needs[n_needs] = need
                        n_needs += 1
                    best[need] = value
        n_roles = 0
        for i in range(n_needs):
            need = needs[i]
            value = best[need]
            best[need] = 0
            must = _MUST_ONE if value >= _COVERED else np.uint32(0)
            for at in range(asked_indptr[need], asked_indptr[need + 1]):
                role = asked_role[at]
                if total[role] == 0:
                    touched[n_roles] = role
                    n_roles += 1
                total[role] += np.uint32(asked_weight[at]) * np.uint32(value) + must * np.uint32(asked_must[at])
        base, mixed = t_base[person], t_hash[person]
        for i in range(n_roles):
            role = touched[i]
            value = total[role]
            total[role] = 0
            mark = _failed_limit(r_need, t_has, role, person, modes, first_word, last_word)
            if mark == -2:
                continue
            key = value & _SUM_MASK
            met = (value >> _SUM_BITS) == r_musts[role]
            if mark == _NONE:
                t_found[person] += 1
                r_found[role] += 1
                if met and key >= _ENOUGH:
                    t_reachable[person] += 1
                    r_reachable[role] += 1
            else:
                tn_found[person] += 1
                rn_found[role] += 1
            if met:
                key |= _MUST_ONE
            order = (np.uint64(key) << _KEY_SHIFT) | base
            if mark == _NONE:
                mine, its = person * t_k, r_starts[role]
                most = order | _HASH_ALL
                able = t_sizes[person] < t_k or (t_k > 0 and most >= t_orders[mine])
                wanted = r_sizes[role] < r_k[role] or (r_k[role] > 0 and most >= r_orders[its])
                if able or wanted:
                    order |= _splitmix(mixed ^ np.uint64(r_ids[role])) >> _HASH_SHIFT
                    if able:
                        t_sizes[person] = _push(
                            t_orders, t_other, t_failed, mine, t_k, t_sizes[person], order, r_ids[role], mark
                        )
                    if wanted:
                        r_sizes[role] = _push(
                            r_orders, r_other, r_failed, its, r_k[role], r_sizes[role], order, t_ids[person], mark
                        )
            else:
                mine, its = person * t_near_k, rn_starts[role]
                most = order | _HASH_ALL
                able = tn_sizes[person] < t_near_k or (t_near_k > 0 and most >= tn_orders[mine])
                wanted = rn_sizes[role] < rn_k[role] or (rn_k[role] > 0 and most >= rn_orders[its])
                if able or wanted:
                    order |= _splitmix(mixed ^ np.uint64(r_ids[role])) >> _HASH_SHIFT
                    if able:
                        tn_sizes[person] = _push(
                            tn_orders, tn_other, tn_failed, mine, t_near_k, tn_sizes[person], order, r_ids[role], mark
                        )
                    if wanted:
                        rn_sizes[role] = _push(
                            rn_orders, rn_other, rn_failed, its, rn_k[role], rn_sizes[role], order, t_ids[person], mark
                        )
