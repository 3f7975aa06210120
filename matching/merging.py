"""Moving people (or roles) in and out of the other side's stored lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction

from matching.engine.constants import NONE_FAILED
from matching.engine.lists import OwnerLists, RankedList
from matching.engine.score import order_keys, reachable
from matching.stored import CHUNK, FIELDS, Stored, pack, unpack

SHORT = 0.9
"""A cut list is computed again when fewer than this share of its k are left: every list does not run at each
departure.
"""


class StaleComputation(Exception):
    """A list reflects a later change than this computation: do it again."""


@dataclass
class Moves:
    """Who moved (ids), and where each stands now in the others' lists: owner -> {moved id: (order, failed limit)}."""

    moved: set[int] = field(default_factory=set)
    places: dict[int, dict[int, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, moved_id: int, owners: np.ndarray, orders: np.ndarray, failed: np.ndarray) -> None:
        """Note every place of one moved id (parallel arrays); no place at all means that it leaves every list."""
        self.moved.add(moved_id)
        for owner, order, limit in zip(owners.tolist(), orders.tolist(), failed.tolist(), strict=True):
            self.places[owner][moved_id] = (order, limit)


def merge(model: type[Stored], moves: Moves, *, edition: str, seq: int) -> list[int]:
    """Apply moves to the stored lists of an edition; return the owners whose lists have fallen short.

    Lists are looked through without a lock first; those that change are locked, in the order of their key, and read
    again. Raises StaleComputation where a list reflects a later number than ``seq``.
    """
    short: list[int] = []
    for pks in _chunks(_affected(model, moves, edition)):
        short += _apply(model, pks, moves, edition, seq)
    return short


def _affected(model: type[Stored], moves: Moves, edition: str) -> Iterator[int]:
    rows = model.objects.filter(edition=edition).order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        lists = unpack(row)
        if _holds(lists, moves.moved) or _may_enter(lists, moves.places.get(lists.owner_id, {})):
            yield lists.owner_id


def _holds(lists: OwnerLists, moved: Collection[int]) -> bool:
    return not moved.isdisjoint(lists.full.ids.tolist()) or not moved.isdisjoint(lists.near.ids.tolist())  # type: ignore[attr-defined]


def _may_enter(lists: OwnerLists, places: dict[int, tuple[int, int]]) -> bool:
    for order, failed in places.values():
        part = lists.full if failed == NONE_FAILED else lists.near
        if part.k and order >= part.kth_order:
            return True
    return False


@transaction.atomic
def _apply(model: type[Stored], pks: Sequence[int], moves: Moves, edition: str, seq: int) -> list[int]:
    changed, short = [], []
    for row in model.objects.select_for_update().filter(pk__in=pks, edition=edition).order_by("pk"):
        if row.seq > seq:
            raise StaleComputation
        before = unpack(row)
        after = moved_lists(before, moves.moved, moves.places.get(before.owner_id, {}))
        row.seq = seq
        changed.append(pack(row, after))
        if _is_short(after.full) or _is_short(after.near):
            short.append(after.owner_id)
    # The rows are there and locked; one upsert costs a fraction of bulk_update's CASE per field and row.
    model.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=(model._meta.pk.name,), update_fields=FIELDS
    )
    return short


def moved_lists(lists: OwnerLists, moved: Collection[int], places: dict[int, tuple[int, int]]) -> OwnerLists:
    """The lists after everybody in ``moved`` has left and taken their new place, if any.

    ``reachable`` is counted from what is listed: exact for lists that are not cut, else within the moves since the
    last rebuild.
    """
    full, near = lists.full, lists.near
    before = _reachable(full)
    for id_ in sorted(moved):
        order, failed = places.get(id_, (0, NONE_FAILED))
        here = id_ in places
        full = full.with_entry(id_, order, failed) if here and failed == NONE_FAILED else full.without(id_)
        near = near.with_entry(id_, order, failed) if here and failed != NONE_FAILED else near.without(id_)
    return OwnerLists(lists.owner_id, full, near, max(0, lists.reachable + _reachable(full) - before))


def _reachable(part: RankedList) -> int:
    return int(reachable(order_keys(part.orders)).sum())


def _is_short(part: RankedList) -> bool:
    return part.has_fallen_short and part.ids.size < SHORT * part.k


def _chunks(pks: Iterator[int]) -> Iterator[list[int]]:
    everything = list(pks)
    for start in range(0, len(everything), CHUNK):
        yield everything[start : start + CHUNK]
