"""Between the engine's lists and the packed columns of the database. Little-endian on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from django.db import transaction
from django.db.models import Model

from matching.engine.constants import NONE_FAILED
from matching.engine.lists import OwnerLists, RankedList
from matching.models import MatchList, RoleMatches, TechnicianMatches
from workforce.employers.models import Role
from workforce.technicians.models import Technician

IDS, ORDERS, FAILED = "<i8", "<u8", "i1"
FIELDS = (
    "edition", "seq", "ids", "orders", "found", "k", "near_ids", "near_orders", "near_failed", "near_found", "near_k",
    "reachable", "computed_at",
)  # fmt: skip
CHUNK = 500

Stored = TypeVar("Stored", TechnicianMatches, RoleMatches)


def pack(row: Stored, lists: OwnerLists) -> Stored:
    """Write both parts into a row (not saved)."""
    full, near = lists.full, lists.near
    row.ids, row.orders = full.ids.astype(IDS).tobytes(), full.orders.astype(ORDERS).tobytes()
    row.found, row.k = full.found, full.k
    row.near_ids, row.near_orders = near.ids.astype(IDS).tobytes(), near.orders.astype(ORDERS).tobytes()
    row.near_failed = near.failed.astype(FAILED).tobytes()
    row.near_found, row.near_k = near.found, near.k
    row.reachable = lists.reachable
    return row


def unpack(row: MatchList) -> OwnerLists:
    """Read both parts of a row."""
    ids = np.frombuffer(row.ids, dtype=IDS)
    full = RankedList(
        ids,
        np.frombuffer(row.orders, dtype=ORDERS),
        np.full(ids.size, NONE_FAILED, dtype=np.int8),
        row.k,
        row.found,
    )
    near = RankedList(
        np.frombuffer(row.near_ids, dtype=IDS),
        np.frombuffer(row.near_orders, dtype=ORDERS),
        np.frombuffer(row.near_failed, dtype=FAILED),
        row.near_k,
        row.near_found,
    )
    return OwnerLists(int(row.pk), full, near, row.reachable)


def store(model: type[Stored], lists: Iterable[OwnerLists], *, edition: str, seq: int) -> int:
    """Insert or replace lists in chunks, each in its own transaction; return how many were written.

    A list of a later edition, or of the same one with a later number, stays as it is; nobody who is gone gets a list.
    """
    written = 0
    chunk: list[OwnerLists] = []
    for one in lists:
        chunk.append(one)
        if len(chunk) == CHUNK:
            written += store_chunk(model, chunk, edition=edition, seq=seq)
            chunk = []
    return written + store_chunk(model, chunk, edition=edition, seq=seq)


@transaction.atomic
def store_chunk(model: type[Stored], lists: Sequence[OwnerLists], *, edition: str, seq: int) -> int:
    """Write some lists in one transaction; see ``store``."""
    wanted = [one.owner_id for one in lists]
    if not wanted:
        return 0
    writable = _present(model, wanted) - _newer(model, wanted, (rebuild_number(edition), seq))
    rows = [pack(model(pk=one.owner_id, edition=edition, seq=seq), one) for one in lists if one.owner_id in writable]
    key = model._meta.pk.name
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=(key,), update_fields=FIELDS)
    return len(rows)


def _present(model: type[Stored], owners: Sequence[int]) -> set[int]:
    """Owners that exist; held until the commit, so that nobody is erased between this question and the insert."""
    owner_model: type[Model] = Technician if model is TechnicianMatches else Role
    people = owner_model._default_manager.select_for_update(of=("self",), no_key=True)
    return set(people.filter(pk__in=owners).order_by("pk").values_list("pk", flat=True))


def _newer(model: type[Stored], owners: Sequence[int], mine: tuple[int, int]) -> set[int]:
    """Owners whose stored list is of a later edition, or of this one with a later number."""
    stored = model.objects.select_for_update().filter(pk__in=owners).order_by("pk").values_list("pk", "edition", "seq")
    return {pk for pk, edition, seq in stored if (rebuild_number(edition), seq) > mine}


def rebuild_number(edition: str) -> int:
    """The rebuild in an edition's name: a later one replaces an earlier one, never the other way round."""
    return int(edition.rpartition(".")[2] or 0)
