"""Words cut to their stems, by language, and how telling each is."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from scipy import sparse

from workforce.core.text import fold
from workforce.skills.linker.ngrams import Weighed, unit_rows
from workforce.skills.linker.normalize import STOP_WORDS, content_words

_NAMES = {"es": "spanish", "en": "english"}
_WORD = re.compile(r"[a-z0-9+#]+")
_local = threading.local()
MAX_DEFINITION = 1_500  # characters


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """The stem of a folded word, read as Spanish or English; words with digits stay as they are."""
    if not word.isalpha() or len(word) < 4:
        return word
    if not hasattr(_local, "stemmers"):  # a stemmer keeps its word while it works: one for each thread
        _local.stemmers = {code: snowballstemmer.stemmer(name) for code, name in _NAMES.items()}
    stemmers: dict[str, Any] = _local.stemmers
    return str(stemmers[lang].stemWord(word))


def stems_of(words: Sequence[str], lang: str) -> tuple[str, ...]:
    """Distinct stems of the content words of ``words``, in order."""
    return tuple(dict.fromkeys(stem(word, lang) for word in content_words(tuple(words))))


def definition_stems(text: str, lang: str) -> tuple[str, ...]:
    """Distinct stems of a definition, without the small words."""
    words = (word for word in _WORD.findall(fold(text[:MAX_DEFINITION])) if word not in STOP_WORDS)
    return tuple(dict.fromkeys(stem(word, lang) for word in words))


@dataclass(frozen=True)
class StemSpace:
    """A vocabulary of stems (ascending) with their inverse document frequencies."""

    vocabulary: tuple[str, ...]
    idf: NDArray[np.float32]

    @classmethod
    def fit(cls, documents: Sequence[Sequence[str]]) -> StemSpace:
        """Learn from documents, each a list of distinct stems."""
        vocabulary = sorted({word for document in documents for word in document})
        place = {word: n for n, word in enumerate(vocabulary)}
        frequency = np.zeros(len(vocabulary))
        for document in documents:
            for word in document:
                frequency[place[word]] += 1
        return cls(tuple(vocabulary), (np.log((1 + len(documents)) / (1 + frequency)) + 1).astype(np.float32))

    @cached_property
    def places(self) -> dict[str, int]:
        """Column by stem."""
        return {word: n for n, word in enumerate(self.vocabulary)}

    @property
    def unknown_idf(self) -> float:
        """The weight of a stem that was never seen: that of the rarest."""
        return float(self.idf.max()) if len(self.idf) else 1.0

    def vector(self, document: Sequence[str]) -> Weighed:
        """The vector of one document, by its columns."""
        columns = np.array(sorted(self.places[word] for word in document if word in self.places), dtype=np.intp)
        weights = self.idf[columns].astype(np.float64)
        return Weighed(columns, weights / max(float(np.linalg.norm(weights)), 1e-9))

    def vectors(self, documents: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """Vectors of length one, a row for each document; stems that are not known are left out."""
        places = self.places
        columns = [[places[word] for word in document if word in places] for document in documents]
        starts = np.zeros(len(columns) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in columns], out=starts[1:])
        flat = np.array([column for row in columns for column in row], dtype=np.int32)
        shape = (len(documents), len(self.vocabulary))
        return unit_rows(sparse.csr_matrix((self.idf[flat], flat, starts), shape))
