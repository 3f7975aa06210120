"""Posting lists in two flat arrays: which rows hold a term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Postings:
    """``rows[starts[t]:starts[t + 1]]`` are the rows that hold term ``t``, ascending (int32)."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    @classmethod
    def build(cls, terms_of_rows: Sequence[Sequence[int]], terms: int) -> Postings:
        """Turn the terms of each row around; each row names a term at most once."""
        lengths = np.fromiter(map(len, terms_of_rows), dtype=np.int64, count=len(terms_of_rows))
        flat = np.fromiter(chain.from_iterable(terms_of_rows), dtype=np.int32, count=int(lengths.sum()))
        rows = np.repeat(np.arange(len(terms_of_rows), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        starts = np.zeros(terms + 1, dtype=np.int64)
        np.cumsum(np.bincount(flat, minlength=terms), out=starts[1:])
        return cls(starts, rows[order])

    def __getitem__(self, term: int) -> NDArray[np.int32]:
        return self.rows[self.starts[term] : self.starts[term + 1]]

    def sizes(self) -> NDArray[np.int64]:
        """How many rows each term has."""
        return np.diff(self.starts)


def trigrams_of(word: str) -> list[str]:
    """The distinct runs of three letters of ``word`` between blanks, in order."""
    padded = f" {word} "
    return list(dict.fromkeys(padded[n : n + 3] for n in range(len(padded) - 2)))
