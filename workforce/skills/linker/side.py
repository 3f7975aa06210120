"""The texts of all concepts in one language, found by runs of letters and by stems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workforce.skills.linker.cleaning import label_words
from workforce.skills.linker.concepts import TaxonomyConcept
from workforce.skills.linker.gender import split_pair
from workforce.skills.linker.ngrams import GramSpace
from workforce.skills.linker.stems import StemSpace, definition_stems, stems_of

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_] | None  # True where a text is left out


class Text(NamedTuple):
    """A text of a concept as written, and its words."""

    concept: int
    written: str
    words: str


@dataclass(frozen=True)
class Side:
    """One language: ``texts[n]`` belongs to concept ``owner[n]``, ascending; the matrices have a column a text."""

    lang: str
    concepts: int
    texts: tuple[str, ...]
    norms: tuple[str, ...]
    owner: NDArray[np.int32]
    gram_space: GramSpace
    grams: sparse.csr_matrix  # n-grams x texts
    stem_space: StemSpace
    stems: sparse.csr_matrix  # stems x texts
    definitions: sparse.csr_matrix  # stems x concepts

    @classmethod
    def build(cls, lang: str, concepts: Sequence[TaxonomyConcept]) -> Side:
        """Index the labels and definitions of ``concepts`` in ``lang``."""
        texts = list(_texts(lang, concepts))
        norms = [text.words for text in texts]
        gram_space, grams = GramSpace.fit(norms)
        stems = [stems_of(norm.split(), lang) for norm in norms]
        defined = [definition_stems(concept.definitions.get(lang, ""), lang) for concept in concepts]
        of_concept: list[set[str]] = [set(words) for words in defined]
        for text, words in zip(texts, stems, strict=True):
            of_concept[text.concept].update(words)
        stem_space = StemSpace.fit([tuple(sorted(words)) for words in of_concept])
        return cls(
            lang=lang,
            concepts=len(concepts),
            texts=tuple(text.written for text in texts),
            norms=tuple(norms),
            owner=np.array([text.concept for text in texts], dtype=np.int32),
            gram_space=gram_space,
            grams=grams.T.tocsr(),
            stem_space=stem_space,
            stems=stem_space.vectors(stems).T.tocsr(),
            definitions=stem_space.vectors(defined).T.tocsr(),
        )

    def best_of_concept(self, of_texts: Floats) -> Floats:
        """The largest value of each concept's texts; 0 for a concept without one in this language."""
        best = np.zeros(self.concepts, dtype=np.float32)
        if len(self.owner):
            starts = self.starts
            best[self.owner[starts]] = np.maximum.reduceat(of_texts, starts)
        return best

    def mean_of_concept(self, of_texts: Floats) -> Floats:
        """The mean of each concept's texts."""
        sums = np.bincount(self.owner, of_texts, minlength=self.concepts)
        return (sums / np.maximum(self.counts, 1)).astype(np.float32)

    @cached_property
    def concepts_of_norm(self) -> dict[str, tuple[int, ...]]:
        """The concepts that words (with one blank between) are a name of."""
        found: dict[str, tuple[int, ...]] = {}
        for norm, concept in zip(self.norms, self.owner.tolist(), strict=True):
            found[norm] = (*found.get(norm, ()), concept)
        return found

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where the texts of each concept begin."""
        return np.flatnonzero(np.diff(self.owner, prepend=-1))

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """How many texts each concept has."""
        return np.bincount(self.owner, minlength=self.concepts)

    def best_texts(self, of_texts: Floats, concepts: NDArray[np.intp]) -> list[int]:
        """The text of each of ``concepts`` with the largest value; -1 where it has none."""
        ends = zip(self._first_text[concepts].tolist(), self._first_text[concepts + 1].tolist(), strict=True)
        return [first + int(of_texts[first:last].argmax()) if last > first else -1 for first, last in ends]

    @cached_property
    def _first_text(self) -> NDArray[np.intp]:
        """Where the texts of each concept begin, those without one too, and after the last where all end."""
        return np.concatenate([[0], np.cumsum(self.counts)])


def _texts(lang: str, concepts: Sequence[TaxonomyConcept]) -> list[Text]:
    """The texts of ``concepts`` in ``lang``, gender pairs parted, each once."""
    found: dict[tuple[int, str], Text] = {}
    for n, concept in enumerate(concepts):
        for label in sorted(concept.labels, key=lambda label: not label.preferred):
            if label.lang == lang:
                for form in split_pair(label.text):
                    words = " ".join(label_words(form))
                    if words:
                        found.setdefault((n, words), Text(n, form, words))
    return list(found.values())
