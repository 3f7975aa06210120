"""Likeness of skills by the company they keep: the occupations that ask for them."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

OPTIONAL_SHARE = 0.5
"""What an optional skill counts beside an essential one."""

_DIMENSIONS = 128
_HALF_TRUST = 3  # shared occupations at which the cosine counts half: one shared occupation proves nothing
_BATCH = 512


def occupation_likeness(
    columns: dict[str, int], occupations: Sequence[tuple[str, str, bool]], n_neighbors: int, random_state: int
) -> sparse.csr_matrix:
    """Likeness 0..1 by occupations: CSR float32[n, n], ``n_neighbors`` entries a row at most, then made symmetric.

    Skills x occupations -> TfidfTransformer -> TruncatedSVD -> NearestNeighbors over the skills; each cosine is
    trusted as far as the number of occupations that the two share. ``columns``: skill code -> row. Unknown skills
    are ignored.
    """
    n = len(columns)
    counts = _counts(columns, occupations)
    used = np.flatnonzero(np.diff(counts.indptr))
    if used.size < 3 or counts.shape[1] < 2:
        return sparse.csr_matrix((n, n), dtype=np.float32)
    weighted = TfidfTransformer(sublinear_tf=False).fit_transform(counts[used])
    dimensions = min(_DIMENSIONS, min(weighted.shape) - 1)
    svd = TruncatedSVD(n_components=dimensions, random_state=random_state)
    latent = normalize(svd.fit_transform(weighted)).astype(np.float32)
    nearest = NearestNeighbors(
        n_neighbors=min(n_neighbors + 1, used.size), metric="cosine", algorithm="brute", n_jobs=1
    )
    nearest.fit(latent)
    present = (counts[used] > 0).astype(np.float32)
    rows, cols, values = [], [], []
    for start in range(0, used.size, _BATCH):
        distance, other = nearest.kneighbors(latent[start : start + _BATCH])
        one = np.repeat(np.arange(start, start + other.shape[0]), other.shape[1])
        two, cosine = other.ravel(), 1 - distance.ravel()
        shared = np.asarray(present[one].multiply(present[two]).sum(axis=1)).ravel()
        keep = (one != two) & (shared > 0) & (cosine > 0)
        rows.append(used[one[keep]])
        cols.append(used[two[keep]])
        values.append((np.minimum(cosine, 1) * shared / (shared + _HALF_TRUST))[keep])
    shape = (n, n)
    found = sparse.csr_matrix(
        (np.concatenate(values).astype(np.float32), (np.concatenate(rows), np.concatenate(cols))), shape=shape
    )
    return found.maximum(found.T).tocsr()


def _counts(columns: dict[str, int], occupations: Sequence[tuple[str, str, bool]]) -> sparse.csr_matrix:
    """Skills x occupations: 1 for essential, less for optional; a pair named twice counts as its stronger one."""
    numbers = {name: number for number, name in enumerate(sorted({occupation for occupation, _, _ in occupations}))}
    cells: dict[tuple[int, int], float] = {}
    for occupation, skill, essential in occupations:
        if skill in columns:
            cell = (columns[skill], numbers[occupation])
            cells[cell] = max(cells.get(cell, 0.0), 1.0 if essential else OPTIONAL_SHARE)
    ordered = sorted(cells)
    rows = np.array([row for row, _ in ordered], dtype=np.int64)
    cols = np.array([col for _, col in ordered], dtype=np.int64)
    values = np.array([cells[cell] for cell in ordered], dtype=np.float32)
    return sparse.csr_matrix((values, (rows, cols)), shape=(len(columns), len(numbers)))
