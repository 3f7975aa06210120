"""The running best k of many lists while blocks of pairs stream by, in bounded memory."""

from typing import Self

import numpy as np

from matching.engine.constants import NONE_FAILED, Int8Array, Int64Array, UInt64Array
from matching.engine.lists import MatchLists, Ranking
from matching.engine.score import order_keys, reachable
from matching.engine.selection import best

_SLACK = 500_000  # pairs that may wait before lists are cut again


class _Part:
    """One part (full or near) of all lists: pairs wait in a buffer, and only those that can still enter are kept."""

    def __init__(self, k: Int64Array) -> None:
        self.k = k
        self.found = np.zeros(k.size, dtype=np.int64)
        self.lowest = np.zeros(k.size, dtype=np.uint64)  # an order below this cannot enter any more
        self._waiting: list[tuple[Int64Array, Int64Array, UInt64Array, Int8Array]] = []
        self._size = 0
        self._kept = 0

    def add(self, owners: Int64Array, ids: Int64Array, orders: UInt64Array, failed: Int8Array) -> None:
        self.found += np.bincount(owners, minlength=self.k.size)
        able = orders >= self.lowest[owners]
        self._waiting.append((owners[able], ids[able], orders[able], failed[able]))
        self._size += int(able.sum())
        if self._size > 2 * self._kept + _SLACK:
            self._cut()

    def _flat(self) -> tuple[Int64Array, Int64Array, UInt64Array, Int8Array]:
        if not self._waiting:
            none = np.empty(0, dtype=np.int64)
            return none, none, none.astype(np.uint64), none.astype(np.int8)
        owners, ids, orders, failed = (np.concatenate(column) for column in zip(*self._waiting, strict=True))
        return owners, ids, orders, failed

    def _cut(self) -> None:
        owners, ids, orders, failed = self._flat()
        chosen = best(owners, orders, ids, self.k)
        owners, ids, orders, failed = owners[chosen], ids[chosen], orders[chosen], failed[chosen]
        counts = np.bincount(owners, minlength=self.k.size)
        full = (counts >= self.k) & (self.k > 0)
        self.lowest[full] = orders[np.cumsum(counts)[full] - 1]
        self._waiting, self._size, self._kept = [(owners, ids, orders, failed)], chosen.size, chosen.size

    def ranking(self) -> Ranking:
        owners, ids, orders, failed = self._flat()
        return Ranking.select(owners, ids, orders, failed, self.k, self.found)


class Collector:
    """Both parts of the lists of n owners: feed blocks with ``add``, read once with ``lists``."""

    def __init__(self, owner_ids: Int64Array, k_full: Int64Array, k_near: Int64Array) -> None:
        self.owner_ids = owner_ids
        self._full, self._near = _Part(k_full), _Part(k_near)
        self._reachable = np.zeros(owner_ids.size, dtype=np.int64)

    def add(self, owners: Int64Array, ids: Int64Array, orders: UInt64Array, failed: Int8Array) -> Self:
        """Pairs as parallel arrays; ``owners`` are row numbers."""
        full = failed == NONE_FAILED
        self._full.add(owners[full], ids[full], orders[full], failed[full])
        self._near.add(owners[~full], ids[~full], orders[~full], failed[~full])
        counted = full & reachable(order_keys(orders))
        self._reachable += np.bincount(owners[counted], minlength=self.owner_ids.size)
        return self

    def lists(self) -> MatchLists:
        """The lists over everything added."""
        return MatchLists(self.owner_ids, self._full.ranking(), self._near.ranking(), self._reachable)


def stack(parts: list[MatchLists]) -> MatchLists:
    """Lists of different owners one after the other."""
    return MatchLists(
        np.concatenate([part.owner_ids for part in parts]),
        Ranking.stack([part.full for part in parts]),
        Ranking.stack([part.near for part in parts]),
        np.concatenate([part.reachable for part in parts]),
    )
