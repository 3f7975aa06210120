"""Text against text: by letters, by stems (carried into the other language), and by the concepts both may mean.

Five likenesses are brought to equal scale within each row and added: runs of letters, stems, shared concepts, shared
groups of concepts, and how near the concepts of both lie to each other. None is best everywhere, see docs/quality.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workforce.skills.linker.cleaning import query_words
from workforce.skills.linker.concepts import LANGUAGES
from workforce.skills.linker.features import language_of
from workforce.skills.linker.linking import FittedLinker
from workforce.skills.linker.ngrams import GramSpace, unit_rows
from workforce.skills.linker.ranker import shares_of
from workforce.skills.linker.side import Floats
from workforce.skills.linker.stems import StemSpace, stems_of

KEPT = 30  # concepts that stand for a text
FLATTENED = 0.5, 0.7  # powers of the shares: for shared concepts, and for where a text lies

Shares = tuple[NDArray[np.intp], NDArray[np.float64]]


@dataclass(frozen=True)
class TextVectors:
    """Texts as the linker sees them, a row each."""

    words: list[str]
    langs: NDArray[np.str_]
    concepts: sparse.csr_matrix  # flattened shares
    groups: sparse.csr_matrix
    places: Floats


class TextSimilarity:
    """Compares texts by what a fitted linker knows of them."""

    def __init__(self, linker: FittedLinker) -> None:
        self._linker = linker
        self._space = linker.space

    def matrix(
        self,
        texts_a: Sequence[str],
        texts_b: Sequence[str],
        languages_a: Sequence[str | None] | None = None,
        languages_b: Sequence[str | None] | None = None,
    ) -> Floats:
        """How alike each of ``texts_a`` (rows) is to each of ``texts_b`` (columns); larger is more alike.

        Values compare within a row; those of different rows need not. Languages are found out where not said.
        """
        return self.compare(self.vectors(texts_a, languages_a), self.vectors(texts_b, languages_b))

    def compare(self, a: TextVectors, b: TextVectors) -> Floats:
        """The same for texts whose vectors are there already."""
        total = np.zeros((len(a.words), len(b.words)), dtype=np.float32)
        if total.size == 0:
            return total
        total += _even(_letters(a, b))
        total += _even(self._stems(a, b))
        total += _even(np.sqrt((a.concepts @ b.concepts.T).toarray()))
        total += _even(np.sqrt((a.groups @ b.groups.T).toarray()))
        total += _even(a.places @ b.places.T)
        return total

    def vectors(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> TextVectors:
        """How the linker sees ``texts``; most of the time of a comparison goes into this."""
        said = languages or [None] * len(texts)
        words = [query_words(text, title=self._linker.is_title) for text in texts]
        langs = [
            lang if lang in LANGUAGES else language_of(self._space, each)
            for each, lang in zip(words, said, strict=True)
        ]
        norms = [" ".join(each) for each in words]
        rows = [self._shares(norm, lang) for norm, lang in zip(norms, langs, strict=True)]
        shares = sparse.csr_matrix(
            (
                np.concatenate([share for _concepts, share in rows] or [np.zeros(0)]),
                np.concatenate([concepts for concepts, _share in rows] or [np.zeros(0, dtype=np.intp)]),
                np.cumsum([0, *(len(concepts) for concepts, _share in rows)]),
            ),
            (len(texts), len(self._space.codes)),
        )
        shared, placed = (_flattened(shares, power) for power in FLATTENED)
        places = np.asarray(placed @ self._space.places, dtype=np.float32)
        places /= np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)
        return TextVectors(norms, np.array(langs, dtype=np.str_), shared, placed @ self._members(), places)

    def _members(self) -> sparse.csr_matrix:
        """Concepts x groups; those of no group share none."""
        filed = np.flatnonzero(self._space.group >= 0)
        shape = (len(self._space.codes), max(len(self._space.groups), 1))
        return sparse.csr_matrix((np.ones(len(filed)), (filed, self._space.group[filed])), shape)

    def _shares(self, norm: str, lang: str) -> Shares:
        """The concepts that words may mean, with shares that sum to one; nothing where they mean nothing known."""
        sides = sorted((self._space.es, self._space.en), key=lambda side: side.lang != lang)
        named = next((side.concepts_of_norm[norm] for side in sides if norm in side.concepts_of_norm), None)
        if named:
            concepts = np.array(sorted(set(named)), dtype=np.intp)  # the very name: no ranking is needed
            return concepts, np.full(len(concepts), 1 / len(concepts))
        found = self._linker.candidates_of(tuple(norm.split()), lang)
        if found is None:
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        shares = shares_of(self._linker.ranker(lang).scores(found.features))
        best = np.argsort(-shares)[:KEPT]
        return found.concepts[best], shares[best] / shares[best].sum()

    def _stems(self, a: TextVectors, b: TextVectors) -> Floats:
        """Shared stems by weight; where the languages differ, the rows' stems are translated first."""
        likeness = np.zeros((len(a.words), len(b.words)), dtype=np.float32)
        for lang in LANGUAGES:
            columns = np.flatnonzero(b.langs == lang)
            here = [stems_of(b.words[n].split(), lang) for n in columns]
            own, foreign = np.flatnonzero(a.langs == lang), np.flatnonzero(a.langs != lang)
            if len(columns) and len(own):
                asked = [stems_of(a.words[n].split(), lang) for n in own]
                space = StemSpace.fit([*asked, *here])
                likeness[np.ix_(own, columns)] = (space.vectors(asked) @ space.vectors(here).T).toarray()
            if len(columns) and len(foreign):
                known = self._space.side(lang).stem_space.vectors(here)
                likeness[np.ix_(foreign, columns)] = (self._translated(a, foreign, lang) @ known.T).toarray()
        return likeness

    def _translated(self, texts: TextVectors, rows: NDArray[np.intp], lang: str) -> sparse.csr_matrix:
        """Vectors of texts that are not in ``lang``, as the dictionary would say them in it."""
        other = next(one for one in LANGUAGES if one != lang)
        space, dictionary = self._space.side(other).stem_space, self._space.dictionary
        foreign = space.vectors([stems_of(texts.words[n].split(), other) for n in rows])
        return unit_rows((foreign @ (dictionary.to_en if lang == "en" else dictionary.to_es)).tocsr())


def _letters(a: TextVectors, b: TextVectors) -> NDArray[np.float64]:
    _space, vectors = GramSpace.fit([*a.words, *b.words])
    return np.asarray((vectors[: len(a.words)] @ vectors[len(a.words) :].T).toarray())


def _flattened(shares: sparse.csr_matrix, power: float) -> sparse.csr_matrix:
    """Shares to a power below one, summing to one again: less is staked on the first concept."""
    flat = shares.copy()
    flat.data = flat.data**power
    sums = np.asarray(flat.sum(axis=1)).ravel()
    flat.data /= np.repeat(np.maximum(sums, 1e-9), np.diff(flat.indptr))
    return flat


def _even(values: NDArray[np.float64] | Floats) -> Floats:
    """Each row with mean 0 and deviation 1; a row of equal values becomes 0."""
    even = np.array(values, dtype=np.float32)  # a copy, changed in place: there may be a hundred million values
    even -= even.mean(axis=1, keepdims=True)
    spread = even.std(axis=1, keepdims=True)
    even /= np.maximum(spread, 1e-6)
    even[spread[:, 0] <= 1e-6] = 0
    return even
