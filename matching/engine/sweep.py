"""People against roles with the compiled kernel: arrays packed, threads started, lists read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.engine import kernel
from matching.engine.arrays import Roles, Technicians
from matching.engine.collect import stack
from matching.engine.constants import MAX_LEVEL, Int8Array, Int32Array, Int64Array, UInt8Array, UInt16Array, UInt64Array
from matching.engine.coverage import NeedIndex
from matching.engine.csr import indptr_of, spread
from matching.engine.limits import Limits
from matching.engine.lists import MatchLists, Ranking, merge_partial
from matching.engine.score import day_hash, tie_base

CHUNK = 16_384  # technicians whose lists are held at a time


@dataclass(frozen=True, eq=False)
class Asked:
    """The indexed roles as the kernel reads them: what a skill held covers, and who asks for what."""

    roles: Roles
    covers_indptr: Int32Array
    covers_need: Int32Array
    covers_value: UInt8Array
    indptr: Int64Array  # [needs + 1]
    role: Int32Array
    weight: UInt16Array
    must: UInt8Array
    n_musts: Int32Array

    @classmethod
    def of(cls, index: NeedIndex) -> Self:
        """Take what ``NeedIndex`` holds; needs of one kind stand together, roles in their order."""
        roles = index.roles
        need_of = index.need_of
        by_need = np.argsort(need_of, kind="stable")
        owner = np.repeat(np.arange(len(roles), dtype=np.int32), np.diff(roles.indptr))
        counts = np.bincount(need_of, minlength=index.covers.shape[1])
        return cls(
            roles,
            index.covers.indptr.astype(np.int32),
            index.covers.indices.astype(np.int32),
            index.covers.data,
            indptr_of(counts),
            owner[by_need],
            roles.weights[by_need],
            roles.must[by_need].astype(np.uint8),
            index.n_musts,
        )


@dataclass(eq=False)
class _Part:
    """One part (full or near) of one side's lists while they fill: room for ``k`` entries each."""

    starts: Int64Array
    k: Int64Array
    orders: UInt64Array
    others: Int64Array
    failed: Int8Array
    sizes: Int64Array
    found: Int64Array

    @classmethod
    def empty(cls, k: Int64Array) -> Self:
        starts, room = indptr_of(k)[:-1], int(k.sum())
        n = k.size
        return cls(
            starts,
            k,
            np.empty(room, dtype=np.uint64),
            np.empty(room, dtype=np.int64),
            np.empty(room, dtype=np.int8),
            np.zeros(n, dtype=np.int64),
            np.zeros(n, dtype=np.int64),
        )

    def ranking(self) -> Ranking:
        """Sort every list and read them."""
        kernel.rank_all(self.orders, self.others, self.failed, self.starts, self.k, self.sizes)
        entries = spread(self.starts, self.sizes)
        return Ranking(
            indptr_of(self.sizes),
            self.others[entries],
            self.orders[entries],
            self.failed[entries],
            self.k,
            self.found,
        )


@dataclass(eq=False)
class _Side:
    """Both parts of one side, and how many pairs are reachable."""

    ids: Int64Array
    full: _Part
    near: _Part
    reachable: Int64Array

    @classmethod
    def empty(cls, ids: Int64Array, k_full: Int64Array, k_near: Int64Array) -> Self:
        return cls(ids, _Part.empty(k_full), _Part.empty(k_near), np.zeros(ids.size, dtype=np.int64))

    def lists(self) -> MatchLists:
        return MatchLists(self.ids, self.full.ranking(), self.near.ranking(), self.reachable)


class Sweep:
    """One pass of technicians over the indexed roles. ``n_neighbors``, ``n_near``: lengths of technicians' lists."""

    def __init__(self, index: NeedIndex, *, day: int, n_neighbors: int, n_near: int, k_roles: Int64Array) -> None:
        self.asked = Asked.of(index)
        self.day, self.n_neighbors, self.n_near, self.k_roles = day, n_neighbors, n_near, k_roles
        self.modes, self.first, self.last = _layout(index.roles.limits)

    def both(self, technicians: Technicians, threads: int) -> tuple[MatchLists, MatchLists]:
        """Lists of technicians and of roles; the same for any number of threads."""
        ranges = _even(len(technicians), threads)
        with ThreadPoolExecutor(max_workers=len(ranges)) as pool:
            done = list(pool.map(lambda one: self._range(technicians.take(slice(*one))), ranges))
        return stack([people for people, _ in done]), merge_partial(*(roles for _, roles in done))

    def stream(self, technicians: Technicians) -> Iterator[tuple[MatchLists, MatchLists | None]]:
        """Lists of technicians, chunk by chunk, in bounded memory; the roles' lists come with the last chunk."""
        roles = self._roles()
        starts = range(0, max(1, len(technicians)), CHUNK)
        for start in starts:
            chunk = technicians.take(slice(start, start + CHUNK))
            people = self._chunk(chunk, roles)
            yield people.lists(), roles.lists() if start == starts[-1] else None

    def _range(self, technicians: Technicians) -> tuple[MatchLists, MatchLists]:
        parts = list(self.stream(technicians))
        last = parts[-1][1]
        assert last is not None  # noqa: S101  the last chunk brings the roles
        return stack([people for people, _ in parts]), last

    def _roles(self) -> _Side:
        ids = self.asked.roles.ids
        return _Side.empty(ids, self.k_roles, np.full(ids.size, self.n_near, dtype=np.int64))

    def _chunk(self, technicians: Technicians, roles: _Side) -> _Side:
        n = len(technicians)
        people = _Side.empty(
            technicians.ids,
            np.full(n, self.n_neighbors, dtype=np.int64),
            np.full(n, self.n_near, dtype=np.int64),
        )
        asked = self.asked
        kernel.people_against_roles(
            technicians.indptr,
            technicians.indices * np.int32(MAX_LEVEL) + technicians.levels - np.int32(1),
            technicians.has,
            tie_base(technicians.evidence, technicians.freshness, self.day),
            day_hash(technicians.ids, self.day),
            technicians.ids,
            asked.covers_indptr,
            asked.covers_need,
            asked.covers_value,
            asked.indptr,
            asked.role,
            asked.weight,
            asked.must,
            asked.roles.ids,
            asked.roles.need,
            asked.n_musts,
            self.modes,
            self.first,
            self.last,
            self.n_neighbors,
            self.n_near,
            *_written(people.full),
            people.reachable,
            *_written(people.near),
            roles.full.starts,
            roles.full.k,
            *_written(roles.full),
            roles.reachable,
            roles.near.starts,
            roles.near.k,
            *_written(roles.near),
        )
        return people


def _written(part: _Part) -> tuple[UInt64Array, Int64Array, Int8Array, Int64Array, Int64Array]:
    return part.orders, part.others, part.failed, part.sizes, part.found


def _layout(limits: Limits) -> tuple[Int8Array, Int64Array, Int64Array]:
    """Each limit's mode (0 all, 1 any) and its words."""
    where = limits.slices()
    modes = np.array([spec.mode == "any" for spec, _ in where], dtype=np.int8)
    return (
        modes,
        np.array([columns.start for _, columns in where], dtype=np.int64),
        np.array([columns.stop for _, columns in where], dtype=np.int64),
    )


def _even(n: int, parts: int) -> list[tuple[int, int]]:
    """Consecutive ranges of about the same size, at least one."""
    edges = np.linspace(0, n, min(max(1, parts), max(1, n)) + 1).astype(np.int64)
    return [(int(a), int(b)) for a, b in zip(edges[:-1], edges[1:], strict=True)]
