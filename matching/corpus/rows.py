"""Flat rows of the database as numpy columns, and the merging of rows that came to mean the same skill."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from matching.engine.arrays import group_rows

CHUNK = 10_000
Table = npt.NDArray[np.void]


def read(queryset: QuerySet[Any, Any], dtype: list[tuple[str, str]], *fields: str) -> Table:
    """Stream ``fields`` of a queryset into a structured array; memory grows by the bytes of ``dtype`` per row only."""
    rows = queryset.values_list(*fields).iterator(chunk_size=CHUNK)
    return np.fromiter(rows, dtype=dtype)


def of_owners(table: Table, ids: npt.NDArray[np.int64]) -> Table:
    """Rows whose ``owner`` is among ``ids``: somebody may have been added between two queries."""
    return np.asarray(table[np.isin(table["owner"], ids)])


def runs(*columns: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Where a new combination of sorted columns begins (the starts for ``reduceat``)."""
    if not columns[0].size:
        return np.empty(0, dtype=np.int64)
    changed = np.zeros(columns[0].size, dtype=bool)
    changed[0] = True
    for column in columns:
        changed[1:] |= np.diff(column) != 0
    return np.flatnonzero(changed)


def grouped(
    ids: npt.NDArray[np.int64], owners: npt.NDArray[np.int64], *columns: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.int64], list[npt.NDArray[Any]]]:
    """Compressed row starts for ``ids`` and the columns in that order."""
    indptr, order = group_rows(ids, owners)
    return indptr, [column[order] for column in columns]


def best_of_each(owners: npt.NDArray[np.int64], rank: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.bool_]:
    """Keep each owner's ``most`` rows of the highest rank; for profiles that grew beyond the cap before there
    was one.
    """
    keep = np.ones(owners.size, dtype=bool)
    order = np.lexsort((-rank, owners))
    starts = np.searchsorted(owners[order], owners[order], side="left")
    keep[order[np.arange(owners.size) - starts >= most]] = False
    return keep
