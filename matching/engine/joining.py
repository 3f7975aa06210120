"""Technicians of several loads as one, and one role's match from its matches with groups that share nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matching.engine.arrays import Technicians
from matching.engine.collect import Collector
from matching.engine.constants import BoolArray, Int64Array
from matching.engine.csr import indptr_of
from matching.engine.lists import OwnerLists

if TYPE_CHECKING:
    from matching.engine.neighbors import PairEntries


def join_technicians(parts: Sequence[Technicians]) -> Technicians:
    """All of the parts (at least one) in the order of their ids. Raises ValueError for an id in two parts, and for
    parts of different vocabularies or limits.
    """
    first = parts[0]
    if any((part.n_skills, part.limits) != (first.n_skills, first.limits) for part in parts):
        raise ValueError("technicians of different vocabularies or limits cannot be joined")
    ids = np.concatenate([part.ids for part in parts])
    if np.unique(ids).size != ids.size:
        raise ValueError("a technician stands in two parts")
    joined = Technicians(
        n_skills=first.n_skills,
        limits=first.limits,
        ids=ids,
        indptr=indptr_of(np.concatenate([np.diff(part.indptr) for part in parts])),
        indices=np.concatenate([part.indices for part in parts]),
        levels=np.concatenate([part.levels for part in parts]),
        has=np.concatenate([part.has for part in parts]),
        evidence=np.concatenate([part.evidence for part in parts]),
        freshness=np.concatenate([part.freshness for part in parts]),
    )
    return joined.take(np.argsort(ids))


def rows_of(ids: Int64Array, some: Int64Array) -> Int64Array:
    """The rows of those of ``some`` that stand in ``ids`` (rising)."""
    at = np.searchsorted(ids, some)
    at, some = at[at < ids.size], some[at < ids.size]
    return np.asarray(at[ids[at] == some])


def others(ids: Int64Array, some: Int64Array) -> BoolArray:
    """Which of ``ids`` (rising) are not among ``some``: parallel to ``ids``."""
    rest = np.ones(ids.size, dtype=bool)
    rest[rows_of(ids, some)] = False
    return rest


def without(pairs: PairEntries, some: Int64Array) -> PairEntries:
    """The pairs but for those with ``some`` ids."""
    rest = others(pairs.ids, some)
    return replace(pairs, ids=pairs.ids[rest], orders=pairs.orders[rest], failed=pairs.failed[rest])


def lists_of(cut: OwnerLists, parts: Sequence[PairEntries]) -> OwnerLists:
    """One owner's lists over all the pairs of some parts that share no id; ``cut`` has the owner and the lengths."""
    ids = np.concatenate([part.ids for part in parts])
    collector = Collector(np.array([cut.owner_id]), np.array([cut.full.k]), np.array([cut.near.k]))
    collector.add(
        np.zeros(ids.size, dtype=np.int64),
        ids,
        np.concatenate([part.orders for part in parts]),
        np.concatenate([part.failed for part in parts]),
    )
    return collector.lists()[0]
