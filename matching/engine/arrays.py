"""What the engine reads: technicians and roles as compressed rows over one vocabulary of skills.

Both are frozen, validated once by ``build``, and cut by ``take`` (a slice of a memory-mapped array is not copied).
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt

from matching.engine import csr
from matching.engine.constants import (
    MAX_LEVEL,
    MAX_SKILLS,
    MIN_LEVEL,
    UNPROVEN_MAX_LEVEL,
    BoolArray,
    Int32Array,
    Int64Array,
    UInt8Array,
    UInt16Array,
    UInt64Array,
)
from matching.engine.csr import Rows, group_rows
from matching.engine.limits import Limits, LimitSpec, standard_limits
from matching.engine.weights import scale_weights

__all__ = [
    "LimitSpec",
    "Limits",
    "Roles",
    "SkillVocabulary",
    "Technicians",
    "cap_level",
    "group_rows",
    "scale_weights",
    "standard_limits",
]

Scalar = TypeVar("Scalar", bound=np.generic)


class SkillVocabulary:
    """Skill code <-> column, sorted by code, so that the same codes give the same columns whatever their order."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes: tuple[str, ...] = tuple(sorted(set(codes)))
        self._columns = {code: column for column, code in enumerate(self.codes)}

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in self._columns

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SkillVocabulary) and self.codes == other.codes

    def __hash__(self) -> int:
        return hash(self.codes)

    def column(self, code: str) -> int:
        """The column of a code; KeyError names an unknown one."""
        return self._columns[code]

    def columns(self, codes: Iterable[str]) -> Int32Array:
        """The columns of many codes, int32; KeyError names the first unknown one."""
        return np.array([self._columns[code] for code in codes], dtype=np.int32)


def cap_level(level: int, *, proven: bool) -> int:
    """The level that counts: four only where it is certified, assessed or confirmed by an employer."""
    return level if proven else min(level, UNPROVEN_MAX_LEVEL)


@dataclass(frozen=True, eq=False)
class Technicians:
    """n technicians. Entries of a row are sorted by column; use ``build``, which checks everything."""

    n_skills: int
    limits: Limits
    ids: Int64Array  # [n]
    indptr: Int64Array  # [n + 1]
    indices: Int32Array  # [entries] skill columns
    levels: UInt8Array  # [entries] 1..4, already capped by evidence
    has: UInt64Array  # [n, limits.width]
    evidence: UInt8Array  # [n] 0..255, stronger stands first among equals
    freshness: Int32Array  # [n] day ordinal of the last confirmation of the profile

    @classmethod
    def build(
        cls,
        *,
        n_skills: int,
        limits: Limits,
        ids: npt.ArrayLike,
        indptr: npt.ArrayLike,
        indices: npt.ArrayLike,
        levels: npt.ArrayLike,
        has: npt.ArrayLike | None = None,
        evidence: npt.ArrayLike = 0,
        freshness: npt.ArrayLike = 0,
    ) -> Self:
        """Check and normalise. ``evidence``: integers 0..255, or floats 0..1 (scaled); scalars are broadcast.

        ``group_rows`` turns flat database rows into ``indptr``. Raises ValueError with the reason: an id twice, a
        skill twice in a profile or outside the vocabulary, a level outside 1..4, more than 80 skills, words of
        another width.
        """
        what = "technicians"
        ids_, indptr_ = np.asarray(ids, dtype=np.int64), np.asarray(indptr, dtype=np.int64)
        columns, order = _checked_columns(what, n_skills, ids_, indptr_, indices)
        longest = int(np.diff(indptr_).max(initial=0))
        if longest > MAX_SKILLS:
            owner = ids_[int(np.diff(indptr_).argmax())]
            raise ValueError(f"{what}: {owner} has {longest} skills; a profile holds at most {MAX_SKILLS}")
        checked = _levels(what, levels, columns)
        return cls(
            n_skills=n_skills,
            limits=limits,
            ids=ids_,
            indptr=indptr_,
            indices=columns,
            levels=checked[order].astype(np.uint8),
            has=_words(what, has, ids_.size, limits.width),
            evidence=np.broadcast_to(_evidence(evidence), ids_.shape).astype(np.uint8),
            freshness=np.broadcast_to(
                csr.checked_integers(f"{what}: freshness", freshness, 0, 2**31 - 1), ids_.shape
            ).astype(np.int32),
        )

    def __len__(self) -> int:
        return int(self.ids.size)

    def take(self, rows: Rows) -> Self:
        """The technicians of some rows (slice, mask or row numbers), in that order."""
        which = csr.resolve(rows, len(self))
        indptr, entries = csr.take_entries(self.indptr, which)
        return type(self)(
            n_skills=self.n_skills,
            limits=self.limits,
            ids=self.ids[which],
            indptr=indptr,
            indices=self.indices[entries],
            levels=self.levels[entries],
            has=self.has[which],
            evidence=self.evidence[which],
            freshness=self.freshness[which],
        )


@dataclass(frozen=True, eq=False)
class Roles:
    """m roles. Entries (needs) of a row are sorted by column; use ``build``, which checks and scales everything."""

    n_skills: int
    limits: Limits
    ids: Int64Array  # [m]
    indptr: Int64Array  # [m + 1]
    indices: Int32Array  # [needs] skill columns
    levels: UInt8Array  # [needs] minimum level 1..4
    weights: UInt16Array  # [needs] sum to 650 in every role that has needs
    must: BoolArray  # [needs]
    need: UInt64Array  # [m, limits.width]
    openings: Int32Array  # [m] at least 1

    @classmethod
    def build(
        cls,
        *,
        n_skills: int,
        limits: Limits,
        ids: npt.ArrayLike,
        indptr: npt.ArrayLike,
        indices: npt.ArrayLike,
        levels: npt.ArrayLike,
        weights: npt.ArrayLike,
        must: npt.ArrayLike,
        need: npt.ArrayLike | None = None,
        openings: npt.ArrayLike = 1,
    ) -> Self:
        """Check, sort each role's needs by column, and scale the raw weights (any positive numbers) to sum 650.

        A role without needs is allowed and matches nobody. Raises ValueError with the reason: an id twice, a skill
        twice in a role or outside the vocabulary, a level outside 1..4, a weight that is NaN, zero or negative.
        """
        what = "roles"
        ids_, indptr_ = np.asarray(ids, dtype=np.int64), np.asarray(indptr, dtype=np.int64)
        columns, order = _checked_columns(what, n_skills, ids_, indptr_, indices)
        checked = _levels(what, levels, columns)
        raw = _same_length(what, "weights", np.asarray(weights, dtype=np.float64), columns)[order]
        musts = _same_length(what, "must", np.asarray(must), columns)
        return cls(
            n_skills=n_skills,
            limits=limits,
            ids=ids_,
            indptr=indptr_,
            indices=columns,
            levels=checked[order].astype(np.uint8),
            weights=_scaled(ids_, indptr_, raw),
            must=musts.astype(bool)[order],
            need=_words(what, need, ids_.size, limits.width),
            openings=np.broadcast_to(
                csr.checked_integers(f"{what}: openings", openings, 1, 2**31 - 1), ids_.shape
            ).astype(np.int32),
        )

    def __len__(self) -> int:
        return int(self.ids.size)

    def take(self, rows: Rows) -> Self:
        """The roles of some rows (slice, mask or row numbers), in that order."""
        which = csr.resolve(rows, len(self))
        indptr, entries = csr.take_entries(self.indptr, which)
        return type(self)(
            n_skills=self.n_skills,
            limits=self.limits,
            ids=self.ids[which],
            indptr=indptr,
            indices=self.indices[entries],
            levels=self.levels[entries],
            weights=self.weights[entries],
            must=self.must[entries],
            need=self.need[which],
            openings=self.openings[which],
        )


def _checked_columns(
    what: str, n_skills: int, ids: Int64Array, indptr: Int64Array, indices: npt.ArrayLike
) -> tuple[Int32Array, Int64Array | slice]:
    """Columns sorted within each row, and the order that sorts the other entries alike."""
    csr.check_ids(what, ids)
    columns = csr.checked_integers(f"{what}: skill column", indices, 0, n_skills - 1)
    csr.check_rows(what, ids.size, indptr, columns.size)
    place = csr.row_numbers(indptr) * max(n_skills, 1) + columns
    order: Int64Array | slice = slice(None)
    steps = np.diff(place)
    if (steps < 0).any():
        order = np.argsort(place, kind="stable")
        steps = np.diff(place[order])
    if (steps == 0).any():
        twice = place[order][:-1][steps == 0][0]
        raise ValueError(f"{what}: {ids[twice // n_skills]} has skill column {twice % n_skills} twice")
    return columns[order].astype(np.int32), order


def _same_length(what: str, name: str, values: npt.NDArray[Scalar], columns: Int32Array) -> npt.NDArray[Scalar]:
    if values.shape != columns.shape:
        raise ValueError(f"{what}: {name} has {values.size} entries for {columns.size} skills")
    return values


def _levels(what: str, levels: npt.ArrayLike, columns: Int32Array) -> Int64Array:
    return _same_length(what, "levels", csr.checked_integers(f"{what}: level", levels, MIN_LEVEL, MAX_LEVEL), columns)


def _words(what: str, words: npt.ArrayLike | None, n: int, width: int) -> UInt64Array:
    """Limit words as uint64[n, width]; None means that there are none to need or to have."""
    if words is None:
        return np.zeros((n, width), dtype=np.uint64)
    array = np.asarray(words)
    if array.shape != (n, width):
        raise ValueError(f"{what}: limit words have shape {array.shape}, not {(n, width)}")
    if array.size and array.dtype != np.uint64:
        raise ValueError(f"{what}: limit words must be uint64, not {array.dtype}")
    return array.astype(np.uint64, copy=False)


def _evidence(values: npt.ArrayLike) -> Int64Array:
    array = np.asarray(values)
    if array.dtype.kind == "f":
        if not np.isfinite(array).all() or (array.size and (array.min() < 0 or array.max() > 1)):
            raise ValueError("technicians: evidence as a float must be within 0..1")
        array = np.rint(array * 255)
    return csr.checked_integers("technicians: evidence", array, 0, 255)


def _scaled(ids: Int64Array, indptr: Int64Array, raw: npt.NDArray[np.float64]) -> UInt16Array:
    out = np.empty(raw.size, dtype=np.uint16)
    for row, (start, stop) in enumerate(itertools.pairwise(indptr.tolist())):
        try:
            out[start:stop] = scale_weights(raw[start:stop])
        except ValueError as error:
            raise ValueError(f"roles: {ids[row]}: {error}") from None
    return out
