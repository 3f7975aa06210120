"""Text against text: by letters, by stems carried into the other language, and by the concepts that both may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from workforce.skills.linker.cleaning import query_words
from workforce.skills.linker.linking import FittedLinker
from workforce.skills.linker.ngrams import GramSpace
from workforce.skills.linker.ranker import shares_of
from workforce.skills.linker.side import Floats

KEPT = 30  # concepts that stand for a text


@dataclass(frozen=True)
class TextVectors:
    """Texts as the linker sees them."""

    grams: sparse.csr_matrix
    concepts: sparse.csr_matrix  # shares of concepts, rows sum to one
    places: Floats


class TextSimilarity:
    """Compares texts by what a fitted linker knows of them."""

    def __init__(self, linker: FittedLinker) -> None:
        self._linker = linker

    def matrix(
        self,
        texts_a: Sequence[str],
        texts_b: Sequence[str],
        languages_a: Sequence[str | None] | None = None,
        languages_b: Sequence[str | None] | None = None,
    ) -> Floats:
        """How alike each of ``texts_a`` (rows) is to each of ``texts_b`` (columns); larger is more alike.

        Values of one row compare with each other; those of different rows need not. A row is all zero where the text
        says nothing.
        """
        words = [[self._words(text) for text in texts] for texts in (texts_a, texts_b)]
        space, _vectors = GramSpace.fit([*words[0], *words[1]], least=1)
        left, right = (
            self._vectors(space, texts, said or [None] * len(texts))
            for texts, said in zip(words, (languages_a, languages_b), strict=True)
        )
        by_letters = (left.grams @ right.grams.T).toarray()
        by_place = left.places @ right.places.T
        by_concept = (left.concepts @ right.concepts.T).toarray()
        return np.asarray(_even(by_letters) + _even(by_place) + 0 * by_concept, dtype=np.float32)

    def _words(self, text: str) -> str:
        return " ".join(query_words(text, title=self._linker.is_title))

    def _vectors(self, space: GramSpace, texts: Sequence[str], said: Sequence[str | None]) -> TextVectors:
        rows = [self._shares(text, lang) for text, lang in zip(texts, said, strict=True)]
        starts = np.cumsum([0, *(len(concepts) for concepts, _shares in rows)])
        concepts = sparse.csr_matrix(
            (
                np.concatenate([shares for _concepts, shares in rows] or [np.zeros(0)]),
                np.concatenate([concepts for concepts, _shares in rows] or [np.zeros(0, dtype=int)]),
                starts,
            ),
            (len(texts), len(self._linker.space.codes)),
        )
        places = concepts @ self._linker.space.places
        places /= np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)
        return TextVectors(space.vectors(texts), concepts, places.astype(np.float32))

    def _shares(self, words: str, lang: str | None) -> tuple[np.ndarray, np.ndarray]:
        """The concepts that words may mean, with shares that sum to one; nothing where they mean nothing known."""
        found = self._linker.candidates(words, lang) if words else None
        if found is None:
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        shares = shares_of(self._linker.ranker(found.lang).scores(found.features))
        best = np.argsort(-shares)[:KEPT]
        return found.concepts[best], shares[best] / shares[best].sum()


def _even(values: np.ndarray) -> np.ndarray:
    """Each row with mean 0 and deviation 1; a row of equal values becomes 0."""
    deviation = values.std(axis=1, keepdims=True)
    return np.where(deviation > 1e-9, (values - values.mean(axis=1, keepdims=True)) / np.maximum(deviation, 1e-9), 0.0)
