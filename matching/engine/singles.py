"""Single updates with the compiled loops: one technician against fitted roles, one role against fitted technicians."""

import threading
from typing import Self

import numpy as np

from matching.engine.arrays import Roles, Technicians
from matching.engine.compiled import single
from matching.engine.compiled.reservoir import Workspace
from matching.engine.compiled.rows import Kinds, Postings, invert
from matching.engine.constants import MAX_LEVEL, Int8Array, Int32Array, Int64Array, UInt64Array
from matching.engine.coverage import NeedIndex
from matching.engine.csr import indptr_of
from matching.engine.limits import Limits
from matching.engine.lists import OwnerLists, RankedList
from matching.engine.matrix import RelatednessMatrix
from matching.engine.packed import layout, people_of
from matching.engine.score import day_hash, tie_base

RANGE = 16_384  # people worked on at a time; their numbers must fit 16 bits
Pairs = tuple[Int64Array, UInt64Array, Int8Array]


class _Room:
    """Where pairs are found; memory that is not touched is not taken. One call at a time uses it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.lock = threading.Lock()
        self.found = single.Found(
            np.empty(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.uint64), np.empty(size + 1, dtype=np.int8)
        )
        self.work = Workspace.of(size)

    def __reduce__(self) -> tuple[type[Self], tuple[int]]:
        """A copy, or another process, gets a room of its own: fitted estimators can be pickled."""
        return type(self), (self.size,)

    def lists(self, owner_id: int, n: int, reachable: int, k: int, k_near: int) -> OwnerLists:
        """Both lists of the one owner from the first n pairs."""
        return OwnerLists(owner_id, self._list(n, k, near=False), self._list(n, k_near, near=True), reachable)

    def _list(self, n: int, k: int, *, near: bool) -> RankedList:
        found = self.found
        places, count = single.best_of(found, n, near, k, self.work)
        return RankedList(found.ids[places], found.orders[places], found.failed[places], k, count)

    def pairs(self, n: int) -> Pairs:
        """Copies of the first n pairs: the room is used again."""
        return self.found.ids[:n].copy(), self.found.orders[:n].copy(), self.found.failed[:n].copy()


class FittedRoles:
    """Roles, ready for one technician at a time."""

    def __init__(self, roles: Roles, relatedness: RelatednessMatrix) -> None:
        roles = roles.take(np.argsort(roles.ids))
        index = NeedIndex.build(roles, relatedness)
        n_needs, n = index.covers.shape[1], len(roles)
        by_need = np.argsort(index.need_of, kind="stable")
        owner = np.repeat(np.arange(n, dtype=np.int32), np.diff(roles.indptr))
        profiles, profile = _profiles(roles)
        self._index = single.RoleIndex(
            index.covers.indptr.astype(np.int64),
            index.covers.indices.astype(np.int32),
            index.covers.data,
            indptr_of(np.bincount(index.need_of, minlength=n_needs)),
            owner[by_need],
            roles.weights[by_need],
            roles.must[by_need].astype(np.uint8),
            index.n_musts.astype(np.uint16),
            np.ascontiguousarray(roles.ids),
            profile,
            profiles,
        )
        self._kinds, self._room = _no_kinds(roles.limits), _Room(n)
        self._scratch = single.RoleScratch(
            np.zeros(n_needs, dtype=np.uint8),
            np.empty(n_needs + 1, dtype=np.int32),
            np.zeros(n, dtype=np.uint32),
            np.zeros(profiles.shape[1], dtype=np.uint8),
            np.zeros(profiles.shape[1], dtype=np.uint64),
            np.zeros(profiles.shape[1], dtype=np.uint64),
            np.empty(n + 1, dtype=np.int32),
        )

    def match(self, one: Technicians, *, day: int, k: int, k_near: int) -> tuple[OwnerLists, Pairs]:
        """The technician's lists, and every pair by the roles' ids."""
        held = one.indices * np.int32(MAX_LEVEL) + one.levels - np.int32(1)
        base, hashed = tie_base(one.evidence, one.freshness, day)[0], day_hash(one.ids, day)[0]
        with self._room.lock:
            n, reachable = single.one_technician(
                self._index, self._kinds, held, one.has[0], base, hashed, self._scratch, self._room.found
            )
            return self._room.lists(int(one.ids[0]), n, reachable, k, k_near), self._room.pairs(n)


class FittedTechnicians:
    """Technicians, ready for one role at a time: who holds each skill, in ranges of people."""

    def __init__(self, technicians: Technicians, relatedness: RelatednessMatrix, *, day: int) -> None:
        people = technicians
        if (np.diff(people.ids) < 0).any():
            people = people.take(np.argsort(people.ids))
        size = min(RANGE, max(1, len(people)))
        self._size, self._matrix = size, relatedness.relatedness
        self._indptr, self._related = self._matrix.indptr.astype(np.int64), self._matrix.indices.astype(np.int32)
        self._index = single.PeopleIndex(
            *_postings(people, size),
            np.ascontiguousarray(people.has.T),
            tie_base(people.evidence, people.freshness, day),
            day_hash(people.ids, day),
            np.ascontiguousarray(people.ids),
        )
        self._kinds, self._room = _no_kinds(people.limits), _Room(len(people))
        self._scratch = single.RangeScratch(
            np.zeros(size, dtype=np.uint8),
            np.zeros(size, dtype=np.uint16),
            np.zeros(size, dtype=np.uint16),
            np.zeros(size, dtype=np.uint8),
            np.zeros(size, dtype=np.uint64),
            np.empty(size + 1, dtype=np.int64),
        )

    def match(self, one: Roles, *, k: int, k_near: int) -> tuple[OwnerLists, Pairs]:
        """The role's lists, and every pair by the technicians' ids."""
        with self._room.lock:
            n, reachable = single.one_role(
                self._index,
                self._kinds,
                np.ascontiguousarray(one.indices),
                np.ascontiguousarray(one.levels),
                np.ascontiguousarray(one.weights),
                one.must.astype(np.uint8),
                self._indptr,
                self._related,
                self._matrix.data,
                one.need[0],
                one.ids[0],
                self._size,
                self._scratch,
                self._room.found,
            )
            return self._room.lists(int(one.ids[0]), n, reachable, k, k_near), self._room.pairs(n)


def _postings(people: Technicians, size: int) -> tuple[Int64Array, np.ndarray, np.ndarray]:
    packed, n = people_of(people), len(people)
    firsts = range(0, n, size)
    none, nothing = np.empty(0, dtype=np.int32), np.empty((0, 0), dtype=np.uint8)
    starts = np.zeros((len(firsts), people.n_skills + 1), dtype=np.int64)
    person, level = np.empty(people.indices.size, dtype=np.uint16), np.empty(people.indices.size, dtype=np.uint8)
    for number, first in enumerate(firsts):
        last = min(n, first + size)
        where = slice(int(people.indptr[first]), int(people.indptr[last]))
        invert(packed, first, last, Postings(starts[number], person[where], level[where], none, nothing))
        starts[number] += where.start
    return starts, person, level


def _profiles(roles: Roles) -> tuple[UInt64Array, Int32Array]:
    """The distinct rows of limit words as columns, and which of them each role has."""
    if not roles.limits.width or not len(roles):
        return np.zeros((roles.limits.width, 1), dtype=np.uint64), np.zeros(len(roles), dtype=np.int32)
    distinct, profile = np.unique(roles.need, axis=0, return_inverse=True)
    return np.ascontiguousarray(distinct.T), profile.reshape(-1).astype(np.int32)


def _no_kinds(limits: Limits) -> Kinds:
    """The layout of the limits alone."""
    none = np.empty((0, limits.width), dtype=np.uint64)
    return Kinds(np.empty(0, dtype=np.int64), none, *layout(limits))
