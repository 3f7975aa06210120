"""``SkillRelatedness``: learns how far having one skill covers a need for another, from a taxonomy."""

from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.engine.artefact import save_relatedness
from matching.engine.constants import FULL, UInt8Array
from matching.engine.learn_occupations import occupation_likeness
from matching.engine.learn_structure import broader_cover, declared_cover, pairs_matrix, vetoed_pairs
from matching.engine.learn_text import TextLikeness
from matching.engine.matrix import (
    SOURCE_BROADER,
    SOURCE_DECLARED,
    SOURCE_OCCUPATIONS,
    SOURCE_SELF,
    SOURCE_TEXT,
    RelatednessMatrix,
)
from matching.engine.report import RelatedPair, strangest, strongest
from matching.engine.taxonomy import TaxonomyData

_TEXT_FLOOR, _TEXT_SPAN = 0.25, 0.6  # likeness of words below the floor is chance; floor + span and more is full
_OCCUPATION_NEIGHBORS = 50
_NAMED = 0.2  # a similarity from this on is named as a source

FloatArray = npt.NDArray[np.float32]


class SkillRelatedness(BaseEstimator):  # type: ignore[misc, unused-ignore]  # scikit-learn ships no types
    """Relatedness of skills, conservative by construction.

    Learned from likeness of words x and of occupations o (each 0..1) as
    ``max(text_cap * calibrated(x), occupation_cap * o, agreement_cap * sqrt(x * o))``: words alone never reach more
    than ``text_cap``, company alone never as much as a must-have asks, and only both together more. Broader skills
    add to it by the larger value. A declared relation *is* the value of its pair (so that a stronger declaration
    never lowers anything), a veto removes the pair. Values below ``threshold`` are dropped. Learned likeness is
    symmetric, what people declare is not.

    Parameters
    ----------
    threshold : float, default 0.3
        Weaker pairs are not kept.
    n_neighbors : int, default 20
        Learned neighbours kept per skill; broader and declared ones come on top and push nobody out.
    text_cap, occupation_cap, agreement_cap : float, default 0.6, 0.35, 0.8
        The most that words alone, occupations alone, and both together can say.
    random_state : int, default 0
        Of the singular value decomposition.
    block_rows : int, default 256
        Skills worked on at a time: bounds memory, never changes a result.

    Attributes
    ----------
    codes_ : tuple of str
        Sorted.
    relatedness_ : CSR uint8[n, n]
        0..100; row = the skill needed, column = the skill held, the diagonal 100.
    sources_ : uint8, parallel to ``relatedness_.data``
        SOURCE_* bits of ``matrix.py``.
    version_ : str
        A hash of codes and values.
    matrix_ : RelatednessMatrix
        All of it as one immutable value.
    """

    def __init__(
        self,
        *,
        threshold: float = 0.3,
        n_neighbors: int = 20,
        text_cap: float = 0.6,
        occupation_cap: float = 0.35,
        agreement_cap: float = 0.8,
        random_state: int = 0,
        block_rows: int = 256,
    ) -> None:
        self.threshold = threshold
        self.n_neighbors = n_neighbors
        self.text_cap = text_cap
        self.occupation_cap = occupation_cap
        self.agreement_cap = agreement_cap
        self.random_state = random_state
        self.block_rows = block_rows

    def fit(self, X: TaxonomyData, y: object = None) -> Self:
        """Learn from a taxonomy (``y`` is ignored). Raises TypeError or ValueError for bad input or parameters."""
        if not isinstance(X, TaxonomyData):
            raise TypeError(f"fit takes TaxonomyData, not {type(X).__name__}")
        self._check_parameters()
        codes = sorted(X.codes)
        columns = {code: column for column, code in enumerate(codes)}
        company = occupation_likeness(columns, X.occupations, _OCCUPATION_NEIGHBORS, self.random_state)
        broader = broader_cover(columns, X.broader)
        declared = pairs_matrix(len(codes), declared_cover(columns, X.declared))
        vetoed = pairs_matrix(len(codes), vetoed_pairs(columns, X.vetoes))
        parts = [
            self._rows(rows, words, company[rows], broader[rows], declared[rows], vetoed[rows])
            for rows, words in TextLikeness(codes, X.texts).blocks(self.block_rows)
        ]
        self.matrix_ = _assemble(codes, parts)
        self.codes_ = self.matrix_.codes
        self.relatedness_ = self.matrix_.relatedness
        self.sources_ = self.matrix_.sources
        self.version_ = self.matrix_.version
        return self

    def strongest(self, n: int = 20) -> list[RelatedPair]:
        """The n strongest learned pairs, for a person to look over."""
        check_is_fitted(self, "matrix_")
        return strongest(self.matrix_, n)

    def strangest(self, n: int = 20) -> list[RelatedPair]:
        """The n learned pairs on which the sources disagree most: the ones to veto first."""
        check_is_fitted(self, "matrix_")
        return strangest(self.matrix_, n)

    def save(self, directory: Path, info: dict[str, Any] | None = None) -> Path:
        """Write what was learned, without pickle (see ``artefact``); ``load_relatedness`` reads it back."""
        check_is_fitted(self, "matrix_")
        return save_relatedness(directory, self.matrix_, info)

    def _learned(self, words: FloatArray, company: FloatArray) -> UInt8Array:
        calibrated = np.clip((words - _TEXT_FLOOR) / _TEXT_SPAN, 0, 1)
        value = np.maximum(self.text_cap * calibrated, self.occupation_cap * company)
        np.maximum(value, self.agreement_cap * np.sqrt(words * company), out=value)
        return np.asarray(np.floor(value * FULL + np.float32(0.5)).astype(np.uint8))

    def _rows(
        self,
        rows: slice,
        words: FloatArray,
        company: sparse.csr_matrix,
        broader: sparse.csr_matrix,
        declared: sparse.csr_matrix,
        vetoed: sparse.csr_matrix,
    ) -> tuple[sparse.csr_matrix, UInt8Array, UInt8Array, UInt8Array]:
        """Some rows of the matrix, with sources and both similarities parallel to its entries."""
        together = company.toarray()
        diagonal = (np.arange(rows.stop - rows.start), np.arange(rows.start, rows.stop))
        lowest = int(self.threshold * FULL + 0.5)
        value = self._learned(words, together)
        value[diagonal] = 0
        value[value < lowest] = 0
        _keep_largest(value, self.n_neighbors)
        learned = value > 0
        source = np.where(learned & (words >= _NAMED), SOURCE_TEXT, 0).astype(np.uint8)
        source |= np.where(learned & (together >= _NAMED), SOURCE_OCCUPATIONS, 0).astype(np.uint8)
        by_broader = broader.toarray()
        by_broader[by_broader < lowest] = 0
        source[by_broader > 0] |= SOURCE_BROADER
        np.maximum(value, by_broader, out=value)
        said = _entries(declared)
        value[said], source[said] = declared.data, SOURCE_DECLARED
        value[_entries(vetoed)] = 0
        value[diagonal], source[diagonal] = FULL, SOURCE_SELF
        value[value < lowest] = 0
        matrix = sparse.csr_matrix(value)
        where = _entries(matrix)
        return matrix, source[where], _percent(words[where]), _percent(together[where])

    def _check_parameters(self) -> None:
        for name in ("threshold", "text_cap", "occupation_cap", "agreement_cap"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be within 0..1")
        if self.n_neighbors < 0 or self.block_rows < 1:
            raise ValueError("n_neighbors must not be negative, block_rows at least 1")


def _entries(matrix: sparse.csr_matrix) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Row and column of each stored entry, stored zeros included."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), matrix.indices


def _percent(values: FloatArray) -> UInt8Array:
    return np.asarray(np.floor(np.clip(values, 0, 1) * FULL + np.float32(0.5)).astype(np.uint8))


def _keep_largest(value: UInt8Array, n: int) -> None:
    """Zero all but the n largest of each row, in place; among equals the smaller column stays."""
    for row in np.flatnonzero(np.count_nonzero(value, axis=1) > n):
        columns = np.flatnonzero(value[row])
        order = np.argsort(-value[row, columns].astype(np.int16), kind="stable")
        value[row, columns[order[n:]]] = 0


def _assemble(
    codes: list[str], parts: list[tuple[sparse.csr_matrix, UInt8Array, UInt8Array, UInt8Array]]
) -> RelatednessMatrix:
    if not parts:
        return RelatednessMatrix.identity(codes)
    matrix = sparse.vstack([part[0] for part in parts], format="csr")
    sources, text, company = (np.concatenate([part[place] for part in parts]) for place in (1, 2, 3))
    return RelatednessMatrix.build(codes, matrix, sources, text, company)
