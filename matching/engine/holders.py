"""Who holds each skill: technicians by column, so that one role looks at nobody who shares nothing with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from matching.engine.arrays import Technicians
from matching.engine.constants import Int32Array, Int64Array, UInt8Array


@dataclass(frozen=True, eq=False)
class Holders:
    """Technicians and, for each column, their rows in rising order with their levels: ``starts[c]:starts[c + 1]``."""

    people: Technicians
    starts: Int64Array  # [n_skills + 1]
    rows: Int32Array  # [entries]
    levels: UInt8Array  # [entries]

    @classmethod
    def of(cls, people: Technicians) -> Self:
        """Turn rows into columns: one pass over the entries."""
        shape = (len(people), people.n_skills)
        by_row = sparse.csr_matrix((people.levels, people.indices, people.indptr), shape=shape)
        by_column = by_row.tocsc()
        return cls(people, by_column.indptr.astype(np.int64), by_column.indices.astype(np.int32), by_column.data)

    def of_skill(self, column: int) -> tuple[Int32Array, UInt8Array]:
        """Rows of those who hold a skill, and how well."""
        where = slice(int(self.starts[column]), int(self.starts[column + 1]))
        return self.rows[where], self.levels[where]
