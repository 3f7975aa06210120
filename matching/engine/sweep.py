"""People against roles with the compiled loops: room is made, threads are started, lists are read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.engine.arrays import Technicians
from matching.engine.collect import stack
from matching.engine.compiled import block, lanes, reservoir, rows
from matching.engine.constants import Int64Array
from matching.engine.csr import indptr_of
from matching.engine.lists import MatchLists, Ranking
from matching.engine.packed import PackedRoles, people_of
from matching.engine.score import day_hash, tie_base

BLOCK = 2_040  # technicians worked on at a time: what they cover fits the processor's cache
LISTED = 16  # a need that fewer than one in so many cover is kept as a list
COMMON = 12  # a skill that more than one in so many hold is common
CHUNK = 8  # blocks of each thread whose lists are held by ``chunks``
_LEAST_ROOM = 16


@dataclass(frozen=True, eq=False)
class Lengths:
    """How long lists are: technicians' all alike, roles' full parts each as asked."""

    technician: int
    technician_near: int
    roles: Int64Array
    role_near: int


class Sweep:
    """One pass of technicians over the packed roles: read ``chunks`` to the end, then ``roles``."""

    def __init__(
        self, packed: PackedRoles, technicians: Technicians, *, day: int, lengths: Lengths, threads: int = 1
    ) -> None:
        self.packed, self.technicians, self.lengths = packed, technicians, lengths
        self._people = people_of(technicians)
        self._ties = reservoir.Ties(
            tie_base(technicians.evidence, technicians.freshness, day),
            day_hash(technicians.ids, day),
            np.ascontiguousarray(technicians.ids),
            np.ascontiguousarray(packed.roles.ids),
        )
        size = min(BLOCK, lanes.MOST_PEOPLE, max(8, -(-len(technicians) // 8) * 8))
        busy = max(1, min(threads, -(-len(technicians) // size)))
        self._size, self._threads = size, [_Thread.of(packed, technicians, lengths, size) for _ in range(busy)]

    def chunks(self) -> Iterator[MatchLists]:
        """Lists of the technicians, some ten thousand at a time, in their order; at least one chunk."""
        n, step = len(self.technicians), self._size * CHUNK * len(self._threads)
        with ThreadPoolExecutor(max_workers=len(self._threads)) as pool:
            for start in range(0, max(1, n), step):
                stop = min(n, start + step)
                firsts = range(start, max(stop, start + 1), self._size)
                todo, done = iter(enumerate(firsts)), dict[int, MatchLists]()
                # Threads take the next block when they are ready for it (``next`` of an iterator is atomic): blocks
                # cost unlike, and what a thread's lists of roles hold is put together at the end.
                for work in [pool.submit(self._blocks, one, todo, stop, done) for one in self._threads]:
                    work.result()
                yield stack([done[number] for number in range(len(firsts))])

    def roles(self) -> MatchLists:
        """Lists of the roles over all chunks that were read."""
        first, *others = self._threads
        for other in others:
            reservoir.absorb(first.roles.lists, other.roles.lists, self._ties, first.room.work)
            first.roles.reachable[:] += other.roles.reachable
        self._threads = [first]
        return self._read(first, first.roles, self.packed.roles.ids, 0, is_role=True)

    def _blocks(
        self, thread: "_Thread", todo: "Iterator[tuple[int, int]]", stop: int, done: dict[int, MatchLists]
    ) -> None:
        for number, first in todo:
            last = min(stop, first + self._size)
            block.score_block(
                self._people,
                first,
                last,
                self.packed.needs,
                self.packed.asked,
                self.packed.kinds,
                self._ties,
                thread.room,
                thread.people,
                thread.roles,
            )
            done[number] = self._read(thread, thread.people, self.technicians.ids[first:last], first, is_role=False)

    def _read(
        self, thread: "_Thread", side: block.Side, owner_ids: Int64Array, first: int, *, is_role: bool
    ) -> MatchLists:
        full, near = (
            self._ranking(thread, side, owner_ids.size, first, is_role=is_role, near=near) for near in (False, True)
        )
        return MatchLists(owner_ids, full, near, side.reachable[: owner_ids.size].copy())

    def _ranking(
        self, thread: "_Thread", side: block.Side, n: int, first: int, *, is_role: bool, near: bool
    ) -> Ranking:
        lists, at = side.lists, side.reachable.size if near else 0
        starts = reservoir.kept(lists, at, n)
        ids = np.empty(starts[-1], dtype=np.int64)
        orders, failed = np.empty(ids.size, dtype=np.uint64), np.empty(ids.size, dtype=np.int8)
        reservoir.write_sorted(
            lists, at, first, is_role, near, self._ties, thread.room.work, starts, ids, orders, failed
        )
        return Ranking(starts, ids, orders, failed, lists.k[at : at + n].copy(), lists.found[at : at + n].copy())


@dataclass(frozen=True, eq=False)
class _Thread:
    """What one thread writes to: room for a block, the lists of its technicians, and its part of the roles' lists."""

    room: block.Room
    people: block.Side
    roles: block.Side

    @classmethod
    def of(cls, packed: PackedRoles, technicians: Technicians, lengths: Lengths, size: int) -> Self:
        people = _side(np.full(size, lengths.technician), lengths.technician_near)
        roles = _side(lengths.roles, lengths.role_near)
        longest = max(int(np.diff(side.lists.starts).max(initial=0)) for side in (people, roles))
        return cls(_room(packed, technicians, size, longest), people, roles)


def _side(full: Int64Array, near: int) -> block.Side:
    k = np.concatenate([full, np.full(full.size, near)]).astype(np.int64)
    starts = indptr_of(np.where(k > 0, k + np.maximum(k, _LEAST_ROOM), 0))
    lists = reservoir.Lists(
        entries=np.empty(starts[-1], dtype=np.uint64),
        starts=starts,
        k=k,
        sizes=np.zeros(k.size, dtype=np.int64),
        found=np.zeros(k.size, dtype=np.int64),
        floor=np.zeros(k.size, dtype=np.uint32),
        gate=np.zeros(k.size, dtype=np.uint16),
    )
    reservoir.reset(lists)
    return block.Side(lists, np.zeros(full.size, dtype=np.int64))


def _room(packed: PackedRoles, technicians: Technicians, size: int, longest: int) -> block.Room:
    """Memory that is not touched is not taken: the rooms for the worst case cost nothing in the usual one."""
    n_needs, n_kinds = packed.needs.skill.size, packed.kinds.limit.size
    indptr = technicians.indptr
    edges = np.append(np.arange(0, len(technicians), size), len(technicians))
    held = int(np.diff(indptr[edges]).max(initial=0))
    least_common = size // COMMON + 1
    listed = n_needs * (size // LISTED)
    states, counts = np.zeros(size // 8, dtype=np.uint64), np.zeros((3, size // 8), dtype=np.uint64)
    most_needs = int(np.diff(packed.asked.indptr).max(initial=0))
    return block.Room(
        postings=rows.Postings(
            np.zeros(technicians.n_skills + 1, dtype=np.int64),
            np.empty(held, dtype=np.uint16),
            np.empty(held, dtype=np.uint8),
            np.full(technicians.n_skills, -1, dtype=np.int32),
            np.empty((held // least_common + 1, size), dtype=np.uint8),
        ),
        covered=rows.Covered(
            form=np.zeros(n_needs, dtype=np.uint8),
            place=np.zeros(n_needs, dtype=np.int64),
            size=np.zeros(n_needs, dtype=np.int64),
            worth=np.zeros(n_needs, dtype=np.int64),
            dense=np.empty((n_needs + 1, size), dtype=np.uint8),
            person=np.empty(listed, dtype=np.uint16),
            value=np.empty(listed, dtype=np.uint8),
        ),
        failing=np.empty((n_kinds, size), dtype=np.uint8),
        has=np.zeros((technicians.has.shape[1], size), dtype=np.uint64),
        hit=np.zeros(size, dtype=np.uint64),
        touched=np.empty(size + 1, dtype=np.uint16),
        holder=np.empty(held, dtype=np.uint16),
        held=np.empty(held, dtype=np.uint16),
        total=np.zeros(size, dtype=np.uint16),
        lack=np.zeros(size, dtype=np.uint8),
        spare=np.zeros(size, dtype=np.uint8),
        mask=np.zeros(size, dtype=np.uint8),
        state=states.view(np.uint8),
        states=states,
        counters=counts.view(np.uint8),
        counts=counts,
        busy=np.empty(size // 8 + 1, dtype=np.uint64),
        longest_list=size // LISTED,
        least_common=least_common,
        chosen=np.empty(size + 8, dtype=np.uint64),
        rows=np.empty(max(8, most_needs), dtype=np.int64),
        weights=np.empty(most_needs, dtype=np.uint16),
        turns=np.empty(len(packed.roles), dtype=np.int64),
        work=reservoir.Workspace.of(longest),
    )


def threads_of(n_jobs: int | None, cores: int) -> int:
    """scikit-learn's ``n_jobs`` as a number of threads: None is one, -1 all cores, -2 all but one."""
    if n_jobs is None:
        return 1
    return n_jobs if n_jobs > 0 else max(1, cores + 1 + n_jobs)
