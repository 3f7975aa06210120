"""The estimator: from words to ranked concepts with a confidence, or to none of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workforce.skills.linker.calibration import Calibration
from workforce.skills.linker.cleaning import query_words, readings
from workforce.skills.linker.concepts import LANGUAGES, TaxonomyConcept
from workforce.skills.linker.features import Candidates, find_candidates, language_of
from workforce.skills.linker.ranker import Example, Ranker, shares_of
from workforce.skills.linker.space import ConceptSpace, Parallel, Titles
from workforce.skills.linker.training import Supervision, own_examples, seeds, strangers, supervised

STRANGE_SHARE = 0.15  # of the questions of calibration: texts of another kind
NAMED = 0.98  # confidence in a concept whose very name is given
FITS_AT = 0.5  # below this chance that any concept fits, the answer is "none of them"

Tell = Callable[[str], object]


@dataclass(frozen=True)
class LinkedConcept:
    """A concept that a text may mean: ``confidence`` 0-1, and the name of it (in ``language``) nearest to the text."""

    code: str
    confidence: float
    text: str
    language: str


@dataclass(frozen=True)
class Ranking:
    """Concepts, best first; ``fits`` is the chance that any concept of the taxonomy is meant."""

    concepts: tuple[LinkedConcept, ...]
    fits: float
    language: str

    @property
    def none_of_them(self) -> bool:
        """Whether the text more likely means none of the concepts."""
        return not self.concepts or self.fits < FITS_AT


@dataclass(frozen=True)
class FittedLinker:
    """What a fit leaves; never changes, so threads may share it."""

    kind: str
    space: ConceptSpace
    ranker_es: Ranker
    ranker_en: Ranker
    calibration_es: Calibration
    calibration_en: Calibration

    @property
    def is_title(self) -> bool:
        """Whether texts are titles of people, which come with words around them."""
        return self.kind == "occupation"

    def ranker(self, lang: str) -> Ranker:
        """The ranker of texts in ``lang``."""
        return self.ranker_es if lang == "es" else self.ranker_en

    def calibration(self, lang: str) -> Calibration:
        """The calibration of texts in ``lang``."""
        return self.calibration_es if lang == "es" else self.calibration_en

    def candidates(self, text: str, language: str | None = None) -> Candidates | None:
        """The concepts that come into question, with their features; None for a text without known letters."""
        return self.candidates_of(query_words(text, title=self.is_title), language)

    def candidates_of(self, words: tuple[str, ...], language: str | None = None) -> Candidates | None:
        """The same for words as ``query_words`` leaves them."""
        if not words or not self.space.codes:
            return None
        lang = language if language in LANGUAGES else language_of(self.space, words)
        return find_candidates(self.space, words, lang)

    def rank(self, text: str, top: int = 5, language: str | None = None) -> Ranking:
        """Rank concepts for ``text``, the language found out where it is not said."""
        read = readings(text, title=self.is_title)
        words = next((words for words in read if self._named(words)), read[0])
        found = self.candidates_of(words, language)
        if found is None or top < 1:
            return Ranking((), 0.0, language or "es")
        fits, confidence = self.calibration(found.lang).of(self.ranker(found.lang), found.features)
        scores = self.ranker(found.lang).scores(found.features)
        named = np.isin(found.concepts, self._named(words))
        if named.any():  # a text that is a concept's very name means it, or one of those that share the name
            fits, confidence = (
                max(fits, NAMED),
                np.where(named, np.maximum(confidence, NAMED / named.sum()), confidence),
            )
        order = np.lexsort((found.concepts, -scores, ~named))[:top]
        concepts = tuple(self._linked(found, int(found.concepts[n]), float(confidence[n])) for n in order)
        return Ranking(concepts, round(fits, 4), found.lang)

    def groups(self, text: str, top: int = 5, language: str | None = None) -> list[tuple[str, float]]:
        """The groups that ``text`` may be filed under with their shares, best first."""
        found = self.candidates(text, language)
        return self.groups_of(found, top) if found else []

    def groups_of(self, found: Candidates, top: int) -> list[tuple[str, float]]:
        """The same for candidates that were found already."""
        shares = shares_of(self.ranker(found.lang).scores(found.features))
        filed = self.space.group[found.concepts]
        sums = np.bincount(filed[filed >= 0], shares[filed >= 0], minlength=len(self.space.groups))
        order = np.argsort(-sums, kind="stable")[:top]
        return [(self.space.groups[n], round(float(sums[n]), 4)) for n in order if sums[n] > 0]

    def link(self, text: str, top: int = 5, language: str | None = None) -> list[LinkedConcept]:
        """Return the concepts that ``text`` may mean, best first; nothing when it means none of them."""
        ranking = self.rank(text, top, language)
        return [] if ranking.none_of_them else list(ranking.concepts)

    def _named(self, words: tuple[str, ...]) -> list[int]:
        """The concepts whose name ``words`` are, in either language."""
        norm = " ".join(words)
        return [n for side in (self.space.es, self.space.en) for n in side.concepts_of_norm.get(norm, ())]

    def _linked(self, found: Candidates, concept: int, confidence: float) -> LinkedConcept:
        for lang in (found.lang, *(lang for lang in LANGUAGES if lang != found.lang)):
            side = self.space.side(lang)
            text = side.best_texts(found.scores[lang].by_text, np.array([concept]))[0]
            if text >= 0:
                return LinkedConcept(self.space.codes[concept], round(confidence, 4), side.texts[text], lang)
        return LinkedConcept(self.space.codes[concept], round(confidence, 4), "", found.lang)


class ConceptLinker:
    """Learns to link texts to the concepts of one kind (``skill`` or ``occupation``).

    Parameters
    ----------
    kind : what the concepts are; titles of people are read without what stands around them.
    tell : is told, in a few words, what is being done.
    """

    def __init__(self, kind: str, tell: Tell | None = None) -> None:
        self.kind = kind
        self._tell = tell or (lambda _text: None)

    def fit(
        self,
        concepts: Sequence[TaxonomyConcept],
        *,
        parallel: Parallel = (),
        strange: Sequence[str] = (),
        supervision: Sequence[Supervision] = (),
        titles: Titles | None = None,
    ) -> FittedLinker:
        """Index the concepts and learn from their own names, and from ``supervision`` (official tables) if given.

        ``parallel``: texts in both languages that mean the same, for the dictionary. ``strange``: texts of another
        kind, which mean none of the concepts. ``titles``: what groups are called.
        """
        self._tell(f"indexing {len(concepts)} concepts")
        space = ConceptSpace.build(concepts, parallel, titles)
        rankers, calibrations = {}, {}
        for lang, rng in seeds().items():
            self._tell(f"learning from names and tables ({lang})")
            learning, unseen = own_examples(space, lang, rng)
            given = supervised(space, supervision, lang, title=self.kind == "occupation")
            rankers[lang] = Ranker.fit([*given, *learning])
            others = self._strange(space, strange, lang, len(unseen), rng)
            calibrations[lang] = Calibration.fit(rankers[lang], [*unseen, *others])
        return FittedLinker(self.kind, space, rankers["es"], rankers["en"], calibrations["es"], calibrations["en"])

    def _strange(
        self, space: ConceptSpace, texts: Sequence[str], lang: str, asked: int, rng: random.Random
    ) -> list[Example]:
        drawn = rng.sample(list(texts), min(len(texts), int(asked * STRANGE_SHARE)))
        return strangers(space, drawn, lang, title=self.kind == "occupation")
