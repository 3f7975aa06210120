"""Texts whose concept is known, made into examples: the taxonomy's own names, each hidden when it is the question."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.skills.linker.cleaning import query_words
from workforce.skills.linker.concepts import LANGUAGES
from workforce.skills.linker.features import find_candidates
from workforce.skills.linker.ranker import Example
from workforce.skills.linker.side import Side
from workforce.skills.linker.space import ConceptSpace
from workforce.skills.linker.stems import stems_of

LEARNING_QUESTIONS = 1_000  # for each language
CALIBRATION_QUESTIONS = 600
LACKING_SHARE = 0.15  # questions asked as if a fifth of the concepts had no text in their language
LACKING_CONCEPTS = 0.2
OPEN_SHARE = 0.25  # questions that are not hidden: people do use a concept's very name
GONE_SHARE = 0.4  # questions, for calibration, whose concept is taken away
SEED = 20261125


@dataclass(frozen=True)
class Supervision:
    """A title that is known to belong to concepts (``codes``) or to all of a group (``groups``)."""

    text: str
    lang: str
    codes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    weight: float = 1.0


def own_examples(space: ConceptSpace, lang: str, rng: random.Random) -> tuple[list[Example], list[Example]]:
    """Examples of the taxonomy's own names: those to learn from, and others to calibrate on."""
    drawn = questions_of(space, lang, LEARNING_QUESTIONS + CALIBRATION_QUESTIONS, rng)
    kept = len(drawn) * CALIBRATION_QUESTIONS // (LEARNING_QUESTIONS + CALIBRATION_QUESTIONS)
    learning = [ask(space, lang, text, rng, calibrating=False) for text in drawn[kept:]]
    unseen = [ask(space, lang, text, rng, calibrating=True) for text in drawn[:kept]]
    return [one for one in learning if one], [one for one in unseen if one]


def questions_of(space: ConceptSpace, lang: str, most: int, rng: random.Random) -> list[int]:
    """Texts of concepts that have others besides, drawn at random."""
    side = space.side(lang)
    several = np.flatnonzero(side.counts[side.owner] > 1)
    drawn = [int(n) for n in several if side.texts[n] != space.preferred(lang)[side.owner[n]]]
    rng.shuffle(drawn)
    return drawn[:most]


def ask(space: ConceptSpace, lang: str, text: int, rng: random.Random, *, calibrating: bool) -> Example | None:
    """The example of one text of the taxonomy, hidden with all that reads the same; None when nothing is found."""
    side = space.side(lang)
    concept = int(side.owner[text])
    gone = calibrating and rng.random() < GONE_SHARE
    hidden = gone or rng.random() >= OPEN_SHARE
    mask = _twins(side, text) if hidden else np.zeros(len(side.texts), dtype=bool)
    if hidden and not calibrating and rng.random() < LACKING_SHARE:
        lacking = np.random.default_rng(rng.getrandbits(32)).random(side.concepts) < LACKING_CONCEPTS
        lacking[concept] = True
        mask |= lacking[side.owner]
    found = find_candidates(space, tuple(side.norms[text].split()), lang, {lang: mask})
    if found is None:
        return None
    right = found.concepts == concept
    if gone:
        return Example(found.features[~right], right[~right])
    return Example(found.features, right)


def _twins(side: Side, text: int) -> NDArray[np.bool_]:
    """Which texts of the same concept say the same but for endings and small words (the other gender, plurals)."""
    mask = np.zeros(len(side.texts), dtype=bool)
    first, last = np.searchsorted(side.owner, [side.owner[text], side.owner[text] + 1])
    asked = set(stems_of(side.norms[text].split(), side.lang))
    for n in range(int(first), int(last)):
        mask[n] = n == text or set(stems_of(side.norms[n].split(), side.lang)) == asked
    return mask


def supervised(space: ConceptSpace, given: Iterable[Supervision], lang: str, *, title: bool) -> list[Example]:
    """Examples of official tables, in one language."""
    codes = {code: n for n, code in enumerate(space.codes)}
    groups = {name: n for n, name in enumerate(space.groups)}
    examples = []
    for one in given:
        found = find_candidates(space, query_words(one.text, title=title), lang) if one.lang == lang else None
        if found is not None:
            right = np.isin(found.concepts, [codes[code] for code in one.codes if code in codes])
            right |= np.isin(space.group[found.concepts], [groups[name] for name in one.groups if name in groups])
            examples.append(Example(found.features, right, one.weight))
    return examples


def strangers(space: ConceptSpace, texts: Sequence[str], lang: str, *, title: bool) -> list[Example]:
    """Examples without a right candidate: texts that mean nothing of this kind."""
    found = [find_candidates(space, query_words(text, title=title), lang) for text in texts]
    return [Example(one.features, np.zeros(len(one.concepts), dtype=bool)) for one in found if one is not None]


def seeds() -> dict[str, random.Random]:
    """One source of chance for each language, always the same."""
    return {lang: random.Random(SEED + n) for n, lang in enumerate(LANGUAGES)}  # noqa: S311 (a sample, no secret)
