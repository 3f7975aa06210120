"""Likeness of skills by their words: labels, other names and descriptions, in each language there is."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from matching.engine.learn_series import series_membership
from matching.engine.taxonomy import SkillText

LABEL_SHARE = 0.7
"""Of the cosine where both skills have a description; the rest is the description's."""

SERIES_CAP = 0.25
"""The most that likeness of words says between members of a series (see ``learn_series``): chance."""

_COMMON = 20  # words in more than one skill of twenty say nothing about which skill it is
_ALWAYS = 50  # ... unless the taxonomy is so small that this is a handful of skills


class TextLikeness:
    """Cosines of TF-IDF vectors per language; two skills are as alike as the *least* convinced language says.

    Character n-grams of labels and aliases find inflections and compounds ("soldadura", "soldar", "soldador"), words
    of descriptions find meaning. Two languages rarely share a coincidence of spelling, so the minimum over the
    languages in which both skills have words is the conservative choice.
    """

    def __init__(self, codes: Sequence[str], texts: Mapping[str, Mapping[str, SkillText]]) -> None:
        self._parts: list[tuple[sparse.csr_matrix, npt.NDArray[np.bool_]]] = []
        for language in sorted(texts):
            words = [texts[language].get(code, SkillText()) for code in codes]
            vectors = _vectors(words)
            if vectors is not None:
                self._parts.append((vectors, np.diff(vectors.indptr) > 0))
        self._series = series_membership(codes, texts)
        self._n = len(codes)

    def blocks(self, size: int) -> Iterator[tuple[slice, npt.NDArray[np.float32]]]:
        """Likeness 0..1 of ``size`` skills at a time with all skills: (rows, float32[rows, n])."""
        for start in range(0, self._n, size):
            rows = slice(start, min(start + size, self._n))
            yield rows, self._block(rows)

    def _block(self, rows: slice) -> npt.NDArray[np.float32]:
        width = rows.stop - rows.start
        least = np.full((width, self._n), np.inf, dtype=np.float32)
        for vectors, present in self._parts:
            cosine = (vectors[rows] @ vectors.T).toarray()
            both = present[rows][:, None] & present[None, :]
            np.minimum(least, cosine, out=least, where=both)
        least[np.isinf(least)] = 0
        same_series = (self._series[rows] @ self._series.T).toarray() > 0
        least[same_series & (least > SERIES_CAP)] = SERIES_CAP
        return np.clip(least, 0, 1, out=least)


def _vectors(words: Sequence[SkillText]) -> sparse.csr_matrix | None:
    labels = ["\n".join((word.label, *word.aliases)) for word in words]
    names = _tfidf(labels, analyzer="char_wb", ngram_range=(3, 5))
    if names is None:
        return None
    meanings = _tfidf([word.description for word in words], analyzer="word", ngram_range=(1, 2))
    if meanings is None:
        return names
    both = sparse.hstack([names * np.sqrt(LABEL_SHARE), meanings * np.sqrt(1 - LABEL_SHARE)], format="csr")
    return normalize(both, copy=False).astype(np.float32)


def _tfidf(documents: Sequence[str], *, analyzer: str, ngram_range: tuple[int, int]) -> sparse.csr_matrix | None:
    vectorizer = TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=ngram_range,
        strip_accents="unicode",
        sublinear_tf=True,
        max_df=max(_ALWAYS, len(documents) // _COMMON),
        dtype=np.float32,
    )
    try:
        return vectorizer.fit_transform(documents)
    except ValueError:  # scikit-learn's word for "no words at all in this language"
        return None
