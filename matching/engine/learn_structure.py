"""What people said about skills: broader and narrower ones, declared relations, vetoes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from scipy import sparse

from matching.engine.constants import FULL

NARROWER_COVERS = 0.75
"""Who can do the special thing can do most of the general one ..."""

WIDE_COVERS = 0.5
"""... but less surely where the general one is a heading over many."""

BROADER_COVERS = 0.45
"""Who knows the general thing knows too little of a special one for a must-have, and nothing where it is a heading."""

_WIDE, _HEADING = 30, 8  # narrower skills from which one is called wide, or a heading

Pair = tuple[int, int]  # (needed, held)


def broader_cover(columns: Mapping[str, int], broader: Iterable[tuple[str, str]]) -> sparse.csr_matrix:
    """Relatedness of (narrower, broader) pairs over one and two steps: CSR uint8[n, n]. Unknown codes are left out."""
    parents: dict[int, set[int]] = defaultdict(set)
    children: dict[int, set[int]] = defaultdict(set)
    for low, high in broader:
        if low in columns and high in columns and low != high:
            parents[columns[low]].add(columns[high])
            children[columns[high]].add(columns[low])
    found: dict[Pair, float] = {}

    def put(needed: int, held: int, value: float) -> None:
        if needed != held:
            found[needed, held] = max(found.get((needed, held), 0.0), value)

    for child, wides in list(parents.items()):
        for wide in wides:
            up = _up(len(children[wide]))
            put(wide, child, up)
            if len(children[wide]) <= _HEADING:
                put(child, wide, BROADER_COVERS)
            for wider in parents.get(wide, set()):
                put(wider, child, up * _up(len(children[wider])))
    return pairs_matrix(len(columns), found)


def declared_cover(columns: Mapping[str, int], declared: Iterable[tuple[str, str, float]]) -> dict[Pair, float]:
    """Strength by (needed, held); a pair declared twice counts as its stronger one. Unknown codes are ignored."""
    found: dict[Pair, float] = {}
    for held, needed, strength in declared:
        if held in columns and needed in columns and held != needed:
            pair = (columns[needed], columns[held])
            found[pair] = max(found.get(pair, 0.0), strength)
    return found


def vetoed_pairs(columns: Mapping[str, int], vetoes: Iterable[tuple[str, str]]) -> dict[Pair, float]:
    """Vetoed (needed, held) pairs, each with 1.0."""
    return {
        (columns[needed], columns[held]): 1.0
        for held, needed in vetoes
        if held in columns and needed in columns and held != needed
    }


def pairs_matrix(n: int, pairs: Mapping[Pair, float]) -> sparse.csr_matrix:
    """CSR uint8[n, n] of values 0..1 as 0..100, rounded half up; zeros are stored too: they were said."""
    ordered = sorted(pairs)
    rows = np.array([row for row, _ in ordered], dtype=np.int64)
    cols = np.array([col for _, col in ordered], dtype=np.int64)
    values = np.array([int(pairs[pair] * FULL + 0.5) for pair in ordered], dtype=np.uint8)
    return sparse.csr_matrix((values, (rows, cols)), shape=(n, n))


def _up(narrower: int) -> float:
    return NARROWER_COVERS if narrower <= _WIDE else WIDE_COVERS
