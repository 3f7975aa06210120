"""The strongest and the strangest learned pairs, for a person to veto."""

from dataclasses import dataclass

import numpy as np

from matching.engine.constants import Int64Array
from matching.engine.csr import row_numbers
from matching.engine.matrix import (
    SOURCE_BROADER,
    SOURCE_DECLARED,
    SOURCE_SELF,
    RelatednessMatrix,
    source_names,
)


@dataclass(frozen=True)
class RelatedPair:
    """One entry: holding ``held`` covers a need for ``needed`` by ``relatedness`` (all numbers 0..100)."""

    needed: str
    held: str
    relatedness: int
    text: int
    occupations: int
    sources: tuple[str, ...]


def strongest(matrix: RelatednessMatrix, n: int) -> list[RelatedPair]:
    """The n strongest pairs that nobody declared; ties in the order of the codes."""
    return _pairs(matrix, matrix.relatedness.data.astype(np.int64), n)


def strangest(matrix: RelatednessMatrix, n: int) -> list[RelatedPair]:
    """The n learned pairs where a high relatedness rests on one source and the other one disagrees."""
    apart = np.abs(matrix.text.astype(np.int64) - matrix.occupations.astype(np.int64))
    return _pairs(matrix, matrix.relatedness.data.astype(np.int64) * apart, n)


def neighbors(matrix: RelatednessMatrix, code: str) -> list[RelatedPair]:
    """What covers a need for one skill, best first, itself left out. KeyError for an unknown code."""
    try:
        row = matrix.codes.index(code)
    except ValueError:
        raise KeyError(code) from None
    start, stop = matrix.relatedness.indptr[row], matrix.relatedness.indptr[row + 1]
    pairs = [_pair(matrix, row, entry) for entry in range(start, stop)]
    return sorted((p for p in pairs if p.held != code), key=lambda p: (-p.relatedness, p.held))


def _pairs(matrix: RelatednessMatrix, by: Int64Array, n: int) -> list[RelatedPair]:
    """One of each two directions of the learned pairs, largest first."""
    rows, cols = row_numbers(matrix.relatedness.indptr.astype(np.int64)), matrix.relatedness.indices
    learned = (matrix.sources & (SOURCE_SELF | SOURCE_DECLARED | SOURCE_BROADER)) == 0
    both_ways = {(int(r), int(c)) for r, c in zip(rows[learned], cols[learned], strict=True)}
    order = np.flatnonzero(learned)[np.argsort(-by[learned], kind="stable")]
    found: list[RelatedPair] = []
    for entry in order:
        row, col = int(rows[entry]), int(cols[entry])
        if row > col and (col, row) in both_ways:
            continue
        if len(found) == n:
            break
        found.append(_pair(matrix, row, int(entry)))
    return found


def _pair(matrix: RelatednessMatrix, row: int, entry: int) -> RelatedPair:
    return RelatedPair(
        needed=matrix.codes[row],
        held=matrix.codes[matrix.relatedness.indices[entry]],
        relatedness=int(matrix.relatedness.data[entry]),
        text=int(matrix.text[entry]),
        occupations=int(matrix.occupations[entry]),
        sources=source_names(int(matrix.sources[entry])),
    )
