"""Find concepts by what people type: either language, no accents, shortened, misspelt, in any order of words.

Words are the unit. Each word of the query meets similar words of the vocabulary (equal, beginning with it, sharing a
beginning, or a slip away, found through trigram posting lists), each such word has a posting list of texts, and a text
scores by how much of the query it covers and how much of it the query covers. Of the best texts RapidFuzz re-ranks.
Everything is exact arithmetic on sorted arrays: the same rows give the same answer on every machine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from workforce.skills.linker.normalize import STOP_WORDS, content_words, with_prefixes, without_noise, words_of
from workforce.skills.linker.postings import Postings, trigrams_of
from workforce.skills.linker.variants import variants

RERANKED = 150  # texts that are looked at closely
NEAR_WORDS = 40  # vocabulary words that a misspelt word is compared with
FUZZY_FROM = 4  # letters: shorter words (MIG, TIG) and those with digits are never "nearly" another
SLIP = 0.7  # least similarity by edits
KIND_BONUS = {"label": 0.010, "alias": 0.0, "variant": -0.002, "hidden": -0.020, "definition": -0.050}
LANG_BONUS = 0.004
DEFINITION = "definition"
LINK_AT = 0.82  # confidence from which words are taken for a concept without asking
LINK_LEAD = 0.03  # by how much the first must lead over the next concept

FloatArray = NDArray[np.float32]


class Row(NamedTuple):
    """A text by which a concept is known; ``kind`` is label, alias, hidden, or definition (found by, never linked)."""

    concept: int
    lang: str
    text: str
    kind: str


@dataclass(frozen=True)
class Match:
    """A concept that was found: ``score`` 0-1, and the text (with its language) that matched."""

    concept: int
    score: float
    text: str
    lang: str


class ConceptIndex:
    """Look-ups over the texts of concepts; never changes once built, so threads may share it.

    Parameters
    ----------
    rows : texts of concepts, in any order.
    boosts : a small bonus by concept (the region's own taxonomy before the general one).
    """

    def __init__(self, rows: Iterable[Row], boosts: Mapping[int, float] | None = None) -> None:
        given = {Row(*row) for row in rows}
        named = [row for row in given if row.kind != DEFINITION]
        given |= {row._replace(text=text, kind="variant") for row in named for text in variants(row.text)}
        self._rows = sorted(given, key=lambda r: (r.concept, r.kind != "label", r.lang, r.text))
        self._boosts = dict(boosts or {})
        texts = [words_of(row.text) for row in self._rows]
        self._norms = [" ".join(words) for words in texts]
        contents = [content_words(words) for words in texts]
        self._words = sorted({word for words in contents for word in words})
        self._word_ids = {word: n for n, word in enumerate(self._words)}
        ids = [[self._word_ids[word] for word in set(words)] for words in contents]
        self._texts_of = Postings.build(ids, len(self._words))
        self._idf = np.log1p(len(texts) / np.maximum(self._texts_of.sizes(), 1)).astype(np.float32)
        self._weights = np.array([self._idf[w].sum() for w in ids] or [0.0], dtype=np.float32)
        grams = [trigrams_of(word) for word in self._words]
        self._gram_ids = {gram: n for n, gram in enumerate(sorted({g for word in grams for g in word}))}
        self._words_of_gram = Postings.build([[self._gram_ids[g] for g in word] for word in grams], len(self._gram_ids))
        self._gram_counts = np.array([len(word) for word in grams] or [1], dtype=np.float32)
        self._bonus = np.array([self._bonus_of(row) for row in self._rows] or [0.0], dtype=np.float32)
        self._names = np.array([row.kind != DEFINITION for row in self._rows] or [False])
        names = [norm if named else "" for norm, named in zip(self._norms, self._names, strict=False)]
        self._exact = _group(names)
        self._compact = _group([name.replace(" ", "") for name in names])

    def __len__(self) -> int:
        return len(self._rows)

    def _bonus_of(self, row: Row) -> float:
        return KIND_BONUS.get(row.kind, 0.0) + self._boosts.get(row.concept, 0.0)

    def search(self, query: str, limit: int = 10, lang: str = "") -> list[Match]:
        """Return the best ``limit`` concepts for ``query``, best first; nothing for an empty query.

        ``lang`` only breaks near-ties: texts of both languages are searched.
        """
        words = words_of(query)
        if not words or not self._rows or limit < 1:
            return []
        scores = self._coverage(without_noise(with_prefixes(words, self._word_ids)))
        norm = " ".join(words)
        best = _top(scores + self._bonus * (scores > 0), RERANKED)
        ranked = {int(n): 0.85 * float(scores[n]) + 0.15 * ratio(norm, self._norms[n]) / 100 for n in best}
        ranked |= dict.fromkeys(self._compact.get(norm.replace(" ", ""), ()), 0.97)
        ranked |= dict.fromkeys(self._exact.get(norm, ()), 1.0)
        return self._by_concept(ranked, limit, lang)

    def _by_concept(self, ranked: Mapping[int, float], limit: int, lang: str) -> list[Match]:
        """Keep the best text of each concept, in one certain order."""
        keyed = []
        for n, score in ranked.items():
            row = self._rows[n]
            total = score + float(self._bonus[n]) + (LANG_BONUS if row.lang == lang else 0.0)
            keyed.append((-round(total, 6), len(row.text), row.concept, n, score))
        found: dict[int, Match] = {}
        for _total, _length, concept, n, score in sorted(keyed):
            if concept not in found:
                row = self._rows[n]
                found[concept] = Match(concept, round(min(score, 1.0), 4), row.text, row.lang)
                if len(found) == limit:
                    break
        return list(found.values())

    def _coverage(self, words: tuple[str, ...], strict: bool = False) -> FloatArray:
        """Score every text, 0-1 (float32): how much of the query it covers, tempered by how much of it is used."""
        covered, hit = np.zeros((2, len(self._rows)), dtype=np.float32)
        asked = 0.0
        for at, word in enumerate(words):
            near = self._near(word, last=at == len(words) - 1, strict=strict)
            weight = float(self._idf[near[0][0]]) if near else float(np.log1p(len(self._rows)))
            asked += weight
            best = np.zeros(len(self._rows), dtype=np.float32)
            for word_id, likeness in reversed(near):  # the likest written last stays
                best[self._texts_of[word_id]] = likeness
            covered += weight * best
            hit += weight * ((best > 0) if strict else best)
        covered /= max(asked, 1e-9)
        used = np.minimum(hit / np.maximum(self._weights, 1e-9), 1.0)
        return np.asarray(covered * used if strict else covered * (0.65 + 0.35 * used), dtype=np.float32)

    def _near(self, word: str, *, last: bool, strict: bool) -> list[tuple[int, float]]:
        """Return words of the vocabulary like ``word`` as (id, likeness 0-1), the likest first."""
        near: dict[int, float] = {}
        if word in self._word_ids:
            near[self._word_ids[word]] = 1.0
        if not strict and (last or len(word) > 1):
            for word_id in self._beginning_with(word):
                near.setdefault(word_id, 0.80 + 0.19 * len(word) / len(self._words[word_id]))
        if len(word) >= FUZZY_FROM and word.isalpha():
            for word_id in self._by_trigrams(word):
                likeness = _likeness(word, self._words[word_id], strict)
                if likeness > near.get(word_id, 0.0):
                    near[word_id] = likeness
        return sorted(near.items(), key=lambda item: (-item[1], item[0]))

    def _beginning_with(self, word: str, most: int = 400) -> range:
        """Ids of words that begin with ``word``: a run, as the vocabulary is sorted."""
        start = bisect_left(self._words, word)
        return range(start, min(bisect_left(self._words, word + "\uffff"), start + most))

    def _by_trigrams(self, word: str) -> list[int]:
        """Ids of the words that share most trigrams with ``word`` (Dice), at most ``NEAR_WORDS``."""
        known = [self._gram_ids[g] for g in trigrams_of(word) if g in self._gram_ids]
        if not known:
            return []
        shared = np.bincount(np.concatenate([self._words_of_gram[g] for g in known]), minlength=len(self._words))
        dice = 2 * shared / (self._gram_counts + len(trigrams_of(word)))
        return [int(n) for n in _top(dice.astype(np.float32), NEAR_WORDS)]

    def link(self, text: str, lang: str = "") -> Match | None:
        """Return the one concept that ``text`` surely means, with ``score`` as confidence, or None.

        Exact after folding is 1.0, unless the text stands for two concepts with the same right (an ambiguous one: then
        the reader has to choose). Otherwise every word must find its like on both sides, and no other concept may
        come near. Words around a skill ("experiencia en ...") are dropped only when nothing is found with them.
        """
        words = words_of(text)
        for tried in dict.fromkeys((words, without_noise(words))):
            if tried:
                match = self._link_words(tried, lang)
                if match:
                    return match
        return None

    def _link_words(self, words: tuple[str, ...], lang: str) -> Match | None:
        norm = " ".join(words)
        exact = self._exact.get(norm) or self._compact.get(norm.replace(" ", "")) or ()
        if exact:
            return self._surely(exact, lang)
        if all(word in STOP_WORDS for word in words):
            return None
        scores = self._coverage(content_words(words), strict=True) * self._names
        ranked = {int(n): float(scores[n]) for n in _top(scores, RERANKED)}
        found = self._by_concept(ranked, 2, lang)
        if not found or found[0].score < LINK_AT:
            return None
        lead = self._boosts.get(found[0].concept, 0.0) + found[0].score
        rival = self._boosts.get(found[1].concept, 0.0) + found[1].score if len(found) > 1 else 0.0
        return found[0] if lead - rival >= LINK_LEAD else None

    def _surely(self, exact: tuple[int, ...], lang: str) -> Match | None:
        """Return the one concept of texts that are the same: by rank (ours, then labels), then by language."""
        best = max(float(self._bonus[n]) for n in exact)
        ranked = [n for n in exact if float(self._bonus[n]) >= best - 1e-6]
        spoken = [n for n in ranked if self._rows[n].lang == lang]
        chosen = spoken or ranked
        if len({self._rows[n].concept for n in chosen}) > 1:
            return None
        return self._by_concept(dict.fromkeys(chosen, 1.0), 1, lang)[0]


def _likeness(word: str, other: str, strict: bool) -> float:
    """How alike two words are, 0-1: by slips of the keyboard, or (not strict) by a long shared beginning."""
    edits = float(OSA.normalized_similarity(word, other, score_cutoff=SLIP))
    if edits or strict:
        return 0.97 * edits
    same = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if same >= 4 and same >= 0.6 * min(len(word), len(other)):
        return 0.45 + 0.4 * same / max(len(word), len(other))
    return 0.0


def _top(scores: FloatArray, most: int) -> NDArray[np.int64]:
    """Indices of the ``most`` largest positive scores; among equals at the edge the first ones, always the same."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > most:
        edge = np.partition(scores[positive], len(positive) - most)[len(positive) - most]
        above = positive[scores[positive] > edge]
        equal = positive[scores[positive] == edge]
        return np.concatenate([above, equal[: most - len(above)]])
    return positive


def _group(keys: list[str]) -> dict[str, tuple[int, ...]]:
    """Positions by key; empty keys are left out."""
    groups: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        if key:
            groups.setdefault(key, []).append(n)
    return {key: tuple(positions) for key, positions in groups.items()}
