"""Runs of letters as numbers: a text's n-grams inside words, made by NumPy for many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SIZES = (3, 4, 5)
_SYMBOLS = " abcdefghijklmnopqrstuvwxyz0123456789+#"
_BASE = 64
_CODES = np.full(256, len(_SYMBOLS), dtype=np.int64)  # what words_of lets through is in _SYMBOLS
_CODES[np.frombuffer(_SYMBOLS.encode(), dtype=np.uint8)] = np.arange(1, len(_SYMBOLS) + 1) - 1
_CODES += 1  # 0 is no symbol, so runs of different length never have the same number
_SPACE = 1

Keys = NDArray[np.int64]


def gram_keys(texts: Sequence[str]) -> tuple[NDArray[np.int32], Keys]:
    """Return (text, key) of each n-gram in ``texts`` (folded words with one blank between), blanks at words' ends.

    A run never crosses from one word into the next.
    """
    padded = [f" {text} " for text in texts]
    buffer = _CODES[np.frombuffer("".join(padded).encode("ascii", "replace"), dtype=np.uint8)]
    of_text = np.repeat(np.arange(len(padded), dtype=np.int32), [len(text) for text in padded])
    blank = buffer == _SPACE
    rows, keys = [], []
    for size in SIZES:
        windows = len(buffer) - size + 1
        if windows < 1:
            continue
        key = np.zeros(windows, dtype=np.int64)
        whole = np.ones(windows, dtype=bool)
        for at in range(size):
            key = key * _BASE + buffer[at : at + windows]
            if 0 < at < size - 1:
                whole &= ~blank[at : at + windows]
        rows.append(of_text[:windows][whole])
        keys.append(key[whole])
    if not rows:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    return np.concatenate(rows), np.concatenate(keys)


class Weighed(NamedTuple):
    """A vector of few entries: its columns, ascending, and their weights."""

    columns: NDArray[np.intp]
    weights: NDArray[np.float64]

    def dot(self, postings: sparse.csr_matrix) -> NDArray[np.float32]:
        """The product with ``postings`` (columns of this x texts), dense; far quicker than a product of matrices."""
        spans = [slice(postings.indptr[column], postings.indptr[column + 1]) for column in self.columns]
        if not spans:
            return np.zeros(postings.shape[1], dtype=np.float32)
        at = np.concatenate([postings.indices[span] for span in spans])
        values = np.concatenate([postings.data[span] * w for span, w in zip(spans, self.weights, strict=True)])
        return np.bincount(at, values, minlength=postings.shape[1]).astype(np.float32)


@dataclass(frozen=True)
class GramSpace:
    """A vocabulary of n-grams (``keys`` ascending) with their inverse document frequencies and counts."""

    keys: Keys
    idf: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple[GramSpace, sparse.csr_matrix]:
        """Learn from ``texts`` and return the space with their vectors (rows of length one)."""
        rows, keys = gram_keys(texts)
        vocabulary, columns = np.unique(keys, return_inverse=True)
        counts = sparse.csr_matrix(
            (np.ones(len(rows), dtype=np.float32), (rows, columns.astype(np.int32))), (len(texts), len(vocabulary))
        )
        frequency = np.bincount(counts.indices, minlength=len(vocabulary))
        idf = (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32)
        return cls(vocabulary, idf), unit_rows(_weighted(counts, idf))

    def vector(self, text: str) -> Weighed:
        """The vector of one text, by its columns."""
        keys, counts = np.unique(gram_keys([text])[1], return_counts=True)
        places = np.searchsorted(self.keys, keys)
        known = places < len(self.keys)
        known[known] = self.keys[places[known]] == keys[known]
        columns, counts = places[known], counts[known]
        weights = ((1 + np.log(counts)) * self.idf[columns]).astype(np.float64)
        return Weighed(columns, weights / max(float(np.linalg.norm(weights)), 1e-9))


def _weighted(counts: sparse.csr_matrix, idf: NDArray[np.float32]) -> sparse.csr_matrix:
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    return counts


def unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Scale each row of ``matrix`` to length one, in place; rows of nothing stay."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data = (matrix.data / np.repeat(lengths, np.diff(matrix.indptr))).astype(np.float32)
    return matrix
