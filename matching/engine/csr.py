"""Compressed rows: the checks and the range slicing that technicians and roles share."""

import numpy as np
import numpy.typing as npt

from matching.engine.constants import Int64Array

Rows = slice | npt.NDArray[np.integer] | npt.NDArray[np.bool_] | list[int]


def group_rows(ids: npt.ArrayLike, owners: npt.ArrayLike) -> tuple[Int64Array, Int64Array]:
    """Turn flat rows (one owner id each, any order) into compressed rows for ``ids``.

    Returns ``(indptr int64[n + 1], order int64[rows])``: ``values[order]`` are the values grouped in the order of
    ``ids``. Raises ValueError where an owner is not among ``ids``.
    """
    wanted, given = np.asarray(ids, dtype=np.int64), np.asarray(owners, dtype=np.int64)
    by_id = np.argsort(wanted, kind="stable")
    if given.size and not wanted.size:
        raise ValueError(f"row of owner {given[0]}, which is not among the ids")
    at = np.minimum(np.searchsorted(wanted[by_id], given), max(wanted.size - 1, 0))
    strangers = wanted[by_id][at] != given if given.size else np.zeros(0, dtype=bool)
    if strangers.any():
        raise ValueError(f"row of owner {given[strangers][0]}, which is not among the ids")
    position = by_id[at] if given.size else np.empty(0, dtype=np.int64)
    counts = np.bincount(position, minlength=wanted.size)
    return indptr_of(counts), np.argsort(position, kind="stable")


def indptr_of(counts: npt.ArrayLike) -> Int64Array:
    """Row starts int64[n + 1] from row lengths."""
    counts = np.asarray(counts, dtype=np.int64)
    indptr = np.zeros(counts.size + 1, dtype=np.int64)
    np.cumsum(counts, out=indptr[1:])
    return indptr


def row_numbers(indptr: Int64Array) -> Int64Array:
    """The row of every entry: int64[entries]."""
    return np.repeat(np.arange(indptr.size - 1, dtype=np.int64), np.diff(indptr))


def spread(starts: Int64Array, counts: Int64Array) -> Int64Array:
    """Concatenated ranges ``starts[i] .. starts[i] + counts[i]``: where the entries of some rows stand."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.asarray(np.arange(total, dtype=np.int64) + np.repeat(starts - before, counts))


def resolve(rows: Rows, n: int) -> slice | Int64Array:
    """A slice stays a slice with step 1 (so that memory-mapped arrays are not copied); all else becomes row numbers."""
    if isinstance(rows, slice):
        start, stop, step = rows.indices(n)
        return slice(start, max(start, stop)) if step == 1 else np.arange(start, stop, step, dtype=np.int64)
    numbers = np.asarray(rows)
    if numbers.dtype == bool:
        if numbers.size != n:
            raise ValueError(f"a mask of {numbers.size} for {n} rows")
        return np.flatnonzero(numbers)
    return np.arange(n, dtype=np.int64)[numbers.astype(np.int64)]


def take_entries(indptr: Int64Array, rows: slice | Int64Array) -> tuple[Int64Array, slice | Int64Array]:
    """The new ``indptr`` and the entries (slice or numbers) of some rows."""
    if isinstance(rows, slice):
        first, last = int(indptr[rows.start]), int(indptr[rows.stop])
        return np.asarray(indptr[rows.start : rows.stop + 1] - first), slice(first, last)
    counts = np.diff(indptr)[rows]
    return indptr_of(counts), spread(np.asarray(indptr[:-1][rows]), counts)


def check_rows(what: str, n: int, indptr: Int64Array, entries: int) -> None:
    """Raise ValueError unless ``indptr`` describes ``n`` rows over ``entries`` entries."""
    if indptr.ndim != 1 or indptr.size != n + 1:
        raise ValueError(f"{what}: indptr must have {n + 1} entries, not {indptr.size}")
    if indptr[0] != 0 or indptr[-1] != entries or (np.diff(indptr) < 0).any():
        raise ValueError(f"{what}: indptr must rise from 0 to {entries}")


def check_ids(what: str, ids: Int64Array) -> None:
    """Raise ValueError for an id that occurs twice."""
    if ids.ndim != 1:
        raise ValueError(f"{what}: ids must be one-dimensional")
    if np.unique(ids).size != ids.size:
        raise ValueError(f"{what}: an id occurs twice")


def checked_integers(what: str, values: npt.ArrayLike, low: int, high: int) -> Int64Array:
    """Values as int64 after checking that they are whole, finite, and within ``low..high``."""
    array = np.asarray(values)
    if array.dtype.kind not in "iubf":
        raise ValueError(f"{what}: not numbers")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"{what}: a value is not a finite number")
    if array.size and (array.min() < low or array.max() > high):
        raise ValueError(f"{what}: a value is outside {low}..{high}")
    if array.dtype.kind == "f" and (array != np.floor(array)).any():
        raise ValueError(f"{what}: a value is not a whole number")
    return array.astype(np.int64, copy=False)
