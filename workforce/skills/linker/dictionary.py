"""A small dictionary of stems, learned from concepts' labels in both languages (IBM model 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from workforce.skills.linker.ngrams import Weighed
from workforce.skills.linker.stems import StemSpace

ROUNDS = 6
LEAST = 0.08  # translations that are less likely are noise
Pair = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class Dictionary:
    """How likely each stem of one language stands for each of the other; both ways, rows sum to at most 1."""

    to_en: sparse.csr_matrix
    to_es: sparse.csr_matrix

    @classmethod
    def fit(cls, pairs: Sequence[Pair], spanish: StemSpace, english: StemSpace) -> Dictionary:
        """Learn from (Spanish stems, English stems) of labels that mean the same."""
        known = [
            (
                [spanish.places[word] for word in es if word in spanish.places],
                [english.places[word] for word in en if word in english.places],
            )
            for es, en in pairs
        ]
        shape = len(spanish.vocabulary), len(english.vocabulary)
        backwards = [(en, es) for es, en in known]
        return cls(_translations(known, shape), _translations(backwards, (shape[1], shape[0])))

    def translate(self, stems: Weighed, to: str) -> Weighed:
        """Turn a vector of stems into one of the other language's, of length one."""
        dense = stems.dot(self.to_en if to == "en" else self.to_es)
        columns = np.flatnonzero(dense)
        weights = dense[columns].astype(np.float64)
        return Weighed(columns, weights / max(float(np.linalg.norm(weights)), 1e-9))


def _translations(pairs: Sequence[tuple[Sequence[int], Sequence[int]]], shape: tuple[int, int]) -> sparse.csr_matrix:
    """P(target | source) by expectation-maximisation over the pairs."""
    cells = [(s, t, n) for n, (source, target) in enumerate(pairs) for s in source for t in target]
    if not cells:
        return sparse.csr_matrix(shape, dtype=np.float32)
    source, target, pair = np.array(cells, dtype=np.int64).T
    links, link = np.unique(source * shape[1] + target, return_inverse=True)
    of_source = links // shape[1]
    needs, need = np.unique(pair * shape[1] + target, return_inverse=True)  # each target word of each pair is explained
    chance = np.ones(len(links))
    for _round in range(ROUNDS):
        share = chance[link] / np.bincount(need, chance[link], minlength=len(needs))[need]
        counts = np.bincount(link, share, minlength=len(links))
        chance = counts / np.bincount(of_source, counts, minlength=shape[0])[of_source]
    kept = chance >= LEAST
    cell = links[kept]
    return sparse.csr_matrix((chance[kept].astype(np.float32), (cell // shape[1], cell % shape[1])), shape)
