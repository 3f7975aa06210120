"""Match lists: for each owner (a technician or a role) the ranked others, in two parts, and how lists are merged.

``Ranking`` is one part for many owners as compressed rows; ``MatchLists`` holds both parts: ``full`` (every limit
met) and ``near`` (exactly one failed, named by its index).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self, overload

import numpy as np

from matching.engine.constants import BoolArray, Int8Array, Int64Array, UInt32Array, UInt64Array
from matching.engine.csr import indptr_of, row_numbers
from matching.engine.score import order_keys
from matching.engine.selection import best, ranked


@dataclass(frozen=True, eq=False)
class RankedList:
    """One owner's part, best first. ``orders`` is the whole sort key (store it), ``keys`` its score part."""

    ids: Int64Array
    orders: UInt64Array
    failed: Int8Array  # NONE_FAILED, or the index of the one failed limit
    k: int
    found: int  # pairs there were before the cut to k

    @property
    def keys(self) -> UInt32Array:
        """must << 16 | sum, uint32."""
        return order_keys(self.orders)

    @property
    def kth_order(self) -> int:
        """What a newcomer must beat to enter: the last order of a full list, 0 where there is room."""
        return int(self.orders[self.k - 1]) if self.ids.size >= self.k > 0 else 0

    @property
    def kth_key(self) -> int:
        """The key of ``kth_order``."""
        return int(order_keys(np.uint64(self.kth_order)))

    def without(self, id_: int) -> Self:
        """The list without one id (and one pair fewer found, if it was listed)."""
        keep = self.ids != id_
        if keep.all():
            return self
        return type(self)(self.ids[keep], self.orders[keep], self.failed[keep], self.k, max(0, self.found - 1))

    def with_entry(self, id_: int, order: int, failed: int) -> Self:
        """The list with one id at its place, replacing what it held of that id, cut to k.

        List and entry must be of the same engine version and day. Where others were found but not listed, an entry
        that no longer beats the last one listed is left out, since an unlisted one may stand before it: see
        ``has_fallen_short``. ``found`` stays right enough to tell whether there are unlisted ones; a rebuild counts
        anew.
        """
        rest = self.without(id_)
        if self._hides_better_than(order, id_):
            return replace(rest, found=self.found)
        ids = np.append(rest.ids, np.int64(id_))
        orders = np.append(rest.orders, np.uint64(order))
        marks = np.append(rest.failed, np.int8(failed))
        sorted_ = ranked(np.zeros(ids.size, dtype=np.int64), orders, ids)[: self.k]
        return type(self)(ids[sorted_], orders[sorted_], marks[sorted_], self.k, rest.found + 1)

    def _hides_better_than(self, order: int, id_: int) -> bool:
        """Whether someone found but not listed might stand before this entry."""
        if self.found <= self.ids.size:
            return False
        return not self.ids.size or (-order, id_) > (-int(self.orders[-1]), int(self.ids[-1]))

    @property
    def has_fallen_short(self) -> bool:
        """True where entries left and others, never listed, should move up: the list must be computed again."""
        return self.ids.size < min(self.k, self.found)


@dataclass(frozen=True, eq=False)
class Ranking:
    """One part of the lists of n owners."""

    indptr: Int64Array  # [n + 1]
    ids: Int64Array  # [entries]
    orders: UInt64Array  # [entries]
    failed: Int8Array  # [entries]
    k: Int64Array  # [n]
    found: Int64Array  # [n] pairs there were before the cut to k

    @classmethod
    def select(
        cls,
        owners: Int64Array,
        ids: Int64Array,
        orders: UInt64Array,
        failed: Int8Array,
        k: Int64Array,
        found: Int64Array,
    ) -> Self:
        """The best ``k[owner]`` of flat pairs; ``owners`` are row numbers 0..len(k)-1."""
        chosen = best(owners, orders, ids, k)
        counts = np.bincount(owners[chosen], minlength=k.size)
        return cls(indptr_of(counts), ids[chosen], orders[chosen], failed[chosen], k, found)

    @classmethod
    def stack(cls, parts: Sequence[Self]) -> Self:
        """The lists of different owners one after the other."""
        return cls(
            indptr_of(np.concatenate([np.diff(part.indptr) for part in parts])),
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.orders for part in parts]),
            np.concatenate([part.failed for part in parts]),
            np.concatenate([part.k for part in parts]),
            np.concatenate([part.found for part in parts]),
        )

    @property
    def keys(self) -> UInt32Array:
        """must << 16 | sum of every entry, uint32."""
        return order_keys(self.orders)

    @property
    def kth_orders(self) -> UInt64Array:
        """Per owner: the last order of a full list, 0 where there is room. uint64[n]."""
        full = (np.diff(self.indptr) >= self.k) & (self.k > 0)
        out = np.zeros(self.k.size, dtype=np.uint64)
        out[full] = self.orders[self.indptr[1:][full] - 1]
        return out

    @property
    def kth_keys(self) -> UInt32Array:
        """The keys of ``kth_orders``, uint32[n]."""
        return order_keys(self.kth_orders)

    def row(self, owner: int) -> RankedList:
        """One owner's list."""
        where = slice(int(self.indptr[owner]), int(self.indptr[owner + 1]))
        return RankedList(
            self.ids[where], self.orders[where], self.failed[where], int(self.k[owner]), int(self.found[owner])
        )


@dataclass(frozen=True, eq=False)
class OwnerLists:
    """Both parts of one owner, and how many pairs are reachable in all (not only among those listed)."""

    owner_id: int
    full: RankedList
    near: RankedList
    reachable: int


@dataclass(frozen=True, eq=False)
class MatchLists(Sequence[OwnerLists]):
    """Both parts for n owners, in the order in which the owners were given. A sequence of ``OwnerLists``."""

    owner_ids: Int64Array
    full: Ranking
    near: Ranking
    reachable: Int64Array  # [n]

    def __len__(self) -> int:
        return int(self.owner_ids.size)

    @overload
    def __getitem__(self, owner: int) -> OwnerLists: ...
    @overload
    def __getitem__(self, owner: slice) -> Sequence[OwnerLists]: ...
    def __getitem__(self, owner: int | slice) -> OwnerLists | Sequence[OwnerLists]:
        if isinstance(owner, slice):
            return [self[i] for i in range(*owner.indices(len(self)))]
        row = range(len(self))[owner]
        return OwnerLists(int(self.owner_ids[row]), self.full.row(row), self.near.row(row), int(self.reachable[row]))

    def __iter__(self) -> Iterator[OwnerLists]:
        return (self[row] for row in range(len(self)))


def merge_partial(*parts: MatchLists) -> MatchLists:
    """Merge the lists of the same owners from shards (disjoint ranges of the other side): exactly the single run.

    The order of the parts does not matter. Raises ValueError where the parts have other owners or another k, or
    where an id stands in two parts of one list (the ranges overlapped).
    """
    if not parts:
        raise ValueError("nothing to merge")
    first = parts[0]
    for part in parts[1:]:
        if not np.array_equal(part.owner_ids, first.owner_ids):
            raise ValueError("cannot merge lists of different owners")
    reachable = np.sum([part.reachable for part in parts], axis=0, dtype=np.int64)
    full = _merged([part.full for part in parts])
    near = _merged([part.near for part in parts])
    both = np.concatenate([row_numbers(full.indptr), row_numbers(near.indptr)])
    _refuse_repeats(both, np.concatenate([full.ids, near.ids]))
    return MatchLists(first.owner_ids, full, near, np.asarray(reachable))


def _merged(parts: list[Ranking]) -> Ranking:
    k = parts[0].k
    if any(not np.array_equal(part.k, k) for part in parts):
        raise ValueError("cannot merge lists of different length k")
    owners = np.concatenate([row_numbers(part.indptr) for part in parts])
    ids = np.concatenate([part.ids for part in parts])
    _refuse_repeats(owners, ids)
    return Ranking.select(
        owners,
        ids,
        np.concatenate([part.orders for part in parts]),
        np.concatenate([part.failed for part in parts]),
        k,
        np.sum([part.found for part in parts], axis=0, dtype=np.int64),
    )


def _refuse_repeats(owners: Int64Array, ids: Int64Array) -> None:
    order = np.lexsort((ids, owners))
    repeat: BoolArray = (np.diff(owners[order]) == 0) & (np.diff(ids[order]) == 0)
    if repeat.any():
        raise ValueError(f"id {ids[order][:-1][repeat][0]} stands in two parts of one list: the shards overlap")
