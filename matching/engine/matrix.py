"""Learned relatedness as a value: how far having one skill covers a need for another, in fixed point."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from scipy import sparse

from matching.engine.arrays import SkillVocabulary
from matching.engine.constants import FULL, UInt8Array

SOURCE_SELF, SOURCE_DECLARED, SOURCE_BROADER, SOURCE_OCCUPATIONS, SOURCE_TEXT = 1, 2, 4, 8, 16
SOURCE_NAMES = {
    SOURCE_SELF: "self",
    SOURCE_DECLARED: "declared",
    SOURCE_BROADER: "broader",
    SOURCE_OCCUPATIONS: "occupations",
    SOURCE_TEXT: "text",
}


@dataclass(frozen=True, eq=False)
class RelatednessMatrix:
    """Relatedness over sorted skill codes; immutable, cheap to share between estimators.

    ``relatedness`` is CSR uint8[n, n], 0..100: row = the skill needed, column = the skill held, the diagonal 100.
    ``sources`` (uint8, SOURCE_* bits), ``text`` and ``occupations`` (uint8, 0..100, the similarities behind an
    entry) run parallel to ``relatedness.data``.
    """

    codes: tuple[str, ...]
    relatedness: sparse.csr_matrix
    sources: UInt8Array
    text: UInt8Array
    occupations: UInt8Array
    version: str

    @classmethod
    def build(
        cls,
        codes: Iterable[str],
        relatedness: sparse.csr_matrix,
        sources: UInt8Array | None = None,
        text: UInt8Array | None = None,
        occupations: UInt8Array | None = None,
    ) -> Self:
        """Check a matrix and stamp its version, a hash of its content.

        Raises ValueError for codes that are not sorted and distinct, a wrong shape or dtype, values above 100, or a
        diagonal that is not 100.
        """
        names = tuple(codes)
        if list(names) != sorted(set(names)):
            raise ValueError("relatedness: codes must be sorted and distinct")
        if any("\n" in name for name in names):
            raise ValueError("relatedness: a code must not contain a line break")
        if relatedness.shape != (len(names), len(names)) or relatedness.dtype != np.uint8:
            raise ValueError(f"relatedness: need uint8 of shape {(len(names), len(names))}")
        if not relatedness.has_canonical_format:
            raise ValueError("relatedness: columns must be sorted and distinct within each row")
        if relatedness.data.max(initial=0) > FULL or (relatedness.diagonal() != FULL).any():
            raise ValueError("relatedness: values run from 0 to 100 and the diagonal is 100")
        empty = np.zeros(relatedness.nnz, dtype=np.uint8)
        extra = [empty if part is None else np.asarray(part, dtype=np.uint8) for part in (sources, text, occupations)]
        if any(part.shape != empty.shape for part in extra):
            raise ValueError("relatedness: sources and similarities must run parallel to the entries")
        return cls(names, relatedness, extra[0], extra[1], extra[2], _content_version(names, relatedness))

    @classmethod
    def identity(cls, codes: Iterable[str]) -> Self:
        """Every skill covers itself and nothing else: what there is before the first fit."""
        names = tuple(sorted(set(codes)))
        eye = sparse.csr_matrix(sparse.identity(len(names), dtype=np.uint8, format="csr") * np.uint8(FULL))
        return cls.build(names, eye.astype(np.uint8), np.full(len(names), SOURCE_SELF, dtype=np.uint8))

    @property
    def n_skills(self) -> int:
        """Rows and columns."""
        return len(self.codes)

    def over(self, vocabulary: SkillVocabulary) -> Self:
        """The same relatedness in another vocabulary's columns.

        A skill newer than the fit becomes an identity column; a fitted skill that the vocabulary lacks is dropped.
        The version stays that of the fit.
        """
        if vocabulary.codes == self.codes:
            return self
        known = np.array([code in vocabulary for code in self.codes], dtype=bool)
        column = np.full(self.n_skills, -1, dtype=np.int64)
        column[known] = vocabulary.columns(code for code in self.codes if code in vocabulary)
        entries = self.relatedness.tocoo()
        keep = known[entries.row] & known[entries.col]
        fitted = np.zeros(len(vocabulary), dtype=bool)
        fitted[column[known]] = True
        newer = np.flatnonzero(~fitted)
        rows = np.concatenate([column[entries.row[keep]], newer])
        cols = np.concatenate([column[entries.col[keep]], newer])
        order = np.lexsort((cols, rows))

        def parallel(values: UInt8Array, of_newer: int) -> UInt8Array:
            return np.asarray(np.concatenate([values[keep], np.full(newer.size, of_newer, dtype=np.uint8)])[order])

        data = parallel(self.relatedness.data, FULL)
        shape = (len(vocabulary), len(vocabulary))
        matrix = sparse.csr_matrix((data, (rows[order], cols[order])), shape=shape, dtype=np.uint8)
        return type(self)(
            vocabulary.codes,
            matrix,
            parallel(self.sources, SOURCE_SELF),
            parallel(self.text, 0),
            parallel(self.occupations, 0),
            self.version,
        )

    def of(self, needed: int, held: int) -> int:
        """How far holding column ``held`` covers a need for column ``needed``: 0..100."""
        start, stop = self.relatedness.indptr[needed], self.relatedness.indptr[needed + 1]
        at = start + int(np.searchsorted(self.relatedness.indices[start:stop], held))
        return int(self.relatedness.data[at]) if at < stop and self.relatedness.indices[at] == held else 0

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """scikit-learn's ``clone`` copies parameters; this one never changes and may be large."""
        return self


def source_names(bits: int) -> tuple[str, ...]:
    """The names of the sources in a SOURCE_* bit set."""
    return tuple(name for bit, name in SOURCE_NAMES.items() if bits & bit)


def _content_version(codes: tuple[str, ...], matrix: sparse.csr_matrix) -> str:
    digest = hashlib.sha256("\n".join(codes).encode())
    for part, dtype in ((matrix.indptr, "<i8"), (matrix.indices, "<i8"), (matrix.data, "u1")):
        digest.update(part.astype(dtype).tobytes())
    return digest.hexdigest()[:16]
