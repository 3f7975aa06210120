"""What is looked at when a text meets concepts: cheap scores for all of them, closer ones for the best hundred."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from workforce.skills.linker.ngrams import Weighed, gram_keys
from workforce.skills.linker.side import Floats, Mask, Side
from workforce.skills.linker.space import ConceptSpace
from workforce.skills.linker.stems import stems_of

CANDIDATES = 100
NEIGHBOURS = 20  # concepts that stand for a text when it is placed among the others
_SIDE = ("grams", "grams_mean", "stems", "covered", "definition", "translated", "ratio", "tokens")
_JOINT = ("place", "group", "group_rest", "exact", "both_grams", "both_stems", "title_grams", "title_stems")
NAMES = tuple(f"{role}_{name}" for role in ("own", "other") for name in _SIDE) + _JOINT
_LACKS = ("lacks", *(f"lacks_{name}" for name in NAMES if name.startswith("other") or name in ("place", "group_rest")))
ALL_NAMES = (*NAMES, *_LACKS)
_LACKING = np.array([NAMES.index(name.removeprefix("lacks_")) for name in _LACKS[1:]])


@dataclass(frozen=True)
class SideScores:
    """How the texts of one language answer: by text, and by concept (grams, grams' mean, stems, covered ...)."""

    by_text: Floats
    of_concepts: Floats  # concepts x the first six of _SIDE


@dataclass(frozen=True)
class Candidates:
    """The best concepts for a text with their features, and the text of each that is nearest."""

    concepts: NDArray[np.intp]
    features: Floats
    lang: str
    scores: dict[str, SideScores]


def language_of(space: ConceptSpace, words: tuple[str, ...]) -> str:
    """The language whose texts more often hold the letter runs of ``words``; Spanish where nothing tells."""
    return "en" if _familiarity(space.en, words) > _familiarity(space.es, words) else "es"


def _familiarity(side: Side, words: tuple[str, ...]) -> float:
    columns = side.gram_space.vector(" ".join(words)).columns
    texts = max(len(side.texts), 1)
    seen = side.grams.indptr[columns + 1] - side.grams.indptr[columns]
    missed = len(np.unique(gram_keys([" ".join(words)])[1])) - len(columns)
    return float(np.log((seen + 0.5) / texts).sum() + missed * np.log(0.5 / texts))


def find_candidates(
    space: ConceptSpace, words: tuple[str, ...], lang: str, masks: dict[str, Mask] | None = None
) -> Candidates | None:
    """Look ``words`` up; None when they share nothing with any concept. ``masks``: texts to leave out, by language."""
    masks = masks or {}
    other = "en" if lang == "es" else "es"
    stems = {side.lang: side.stem_space.vector(stems_of(words, side.lang)) for side in (space.es, space.en)}
    scores = {side.lang: _side_scores(space, side, words, stems, masks.get(side.lang)) for side in (space.es, space.en)}
    own_scores, other_scores = scores[lang].of_concepts, scores[other].of_concepts
    both = np.maximum(own_scores, other_scores)
    near = both[:, 0] + 0.5 * both[:, 2] + 0.3 * both[:, 3] + 0.5 * both[:, 5]
    if not near.any():
        return None
    place = _place(space, both[:, 0])
    group, rest = _group_scores(space, both[:, 0])
    near = near + 0.3 * place + 0.2 * both[:, 4]
    chosen = np.argpartition(-near, CANDIDATES)[:CANDIDATES] if len(near) > CANDIDATES else np.arange(len(near))
    fuzzy = {side: _fuzzy(space.side(side), scores[side].by_text, chosen, " ".join(words)) for side in (lang, other)}
    columns = [
        own_scores[chosen],
        fuzzy[lang],
        other_scores[chosen],
        fuzzy[other],
        np.column_stack(
            [
                place[chosen],
                group[chosen],
                rest[chosen],
                both[chosen, 0] > 0.999,
                both[chosen, 0],
                both[chosen, 2],
                *_title_scores(space, space.titles(lang), words, chosen),
            ]
        ),
    ]
    features = np.hstack(columns).astype(np.float32)
    return Candidates(chosen, with_lacking(features, _lacks(space.side(lang), chosen, masks.get(lang))), lang, scores)


def _lacks(side: Side, concepts: NDArray[np.intp], mask: Mask) -> NDArray[np.bool_]:
    """Which concepts have no text in the query's language."""
    counts = side.counts if mask is None else np.bincount(side.owner[~mask], minlength=side.concepts)
    return np.asarray(counts[concepts] == 0)


def with_lacking(features: Floats, lacks: NDArray[np.bool_]) -> Floats:
    """Add a second set of the features that tell of the other language, for concepts that have no text in this one."""
    apart = np.column_stack([lacks, features[:, _LACKING] * lacks[:, None]])
    return np.hstack([features, apart]).astype(np.float32)


def _side_scores(
    space: ConceptSpace, side: Side, words: tuple[str, ...], stems: dict[str, Weighed], mask: Mask
) -> SideScores:
    grams = side.gram_space.vector(" ".join(words)).dot(side.grams)
    by_stem = stems[side.lang].dot(side.stems)
    foreign = stems["en" if side.lang == "es" else "es"]
    by_translation = space.dictionary.translate(foreign, side.lang).dot(side.stems)
    if mask is not None:
        for values in (grams, by_stem, by_translation):
            values[mask] = 0
    of_concepts = [
        side.best_of_concept(grams),
        side.mean_of_concept(grams),
        side.best_of_concept(by_stem),
        _covered(side, words, mask),
        stems[side.lang].dot(side.definitions),
        side.best_of_concept(by_translation),
    ]
    return SideScores(grams + 0.2 * by_stem + 0.2 * by_translation, np.column_stack(of_concepts))


def _title_scores(
    space: ConceptSpace, titles: Side, words: tuple[str, ...], concepts: NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """How like the title of each concept's group is, by letters and by stems; 0 where it is not known."""
    grams = titles.best_of_concept(titles.gram_space.vector(" ".join(words)).dot(titles.grams))
    stems = titles.best_of_concept(titles.stem_space.vector(stems_of(words, titles.lang)).dot(titles.stems))
    group = space.group[concepts]
    return tuple(np.where(group >= 0, np.append(of, 0)[group], 0).astype(np.float32) for of in (grams, stems))  # type: ignore[return-value]


def _covered(side: Side, words: tuple[str, ...], mask: Mask) -> Floats:
    """How much of the words, by weight, stands in any text of each concept."""
    space = side.stem_space
    covered, asked = np.zeros(side.concepts, dtype=np.float32), 0.0
    for word in stems_of(words, side.lang):
        column = space.places.get(word)
        weight = space.unknown_idf if column is None else float(space.idf[column])
        asked += weight
        if column is not None:
            texts = side.stems.indices[side.stems.indptr[column] : side.stems.indptr[column + 1]]
            if mask is not None:
                texts = texts[~mask[texts]]
            holders = np.zeros(side.concepts, dtype=bool)
            holders[side.owner[texts]] = True
            covered[holders] += weight
    return covered / max(asked, 1e-9)


def _place(space: ConceptSpace, near: Floats) -> Floats:
    """How near each concept lies to the concepts whose names are like the text (itself not counted)."""
    weights = _sharpened(near)
    among = np.flatnonzero(weights)
    centre = weights[among] @ space.places[among]
    length = float(np.linalg.norm(centre))
    likeness = space.places @ (centre / max(length, 1e-9))
    own = weights * 1.0 / max(length, 1e-9)  # rows have length one, so a concept adds its weight to its own likeness
    return np.asarray((likeness - own) / np.maximum(1 - own, 0.2), dtype=np.float32).clip(-1, 1)


def _sharpened(near: Floats) -> Floats:
    """Weights of the concepts nearest to a text: the best ``NEIGHBOURS``, squared, summing to one."""
    weights = np.zeros_like(near)
    best = np.argpartition(-near, NEIGHBOURS)[:NEIGHBOURS] if len(near) > NEIGHBOURS else np.arange(len(near))
    weights[best] = near[best] ** 3
    return np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)


def _group_scores(space: ConceptSpace, near: Floats) -> tuple[Floats, Floats]:
    """The weight of each concept's group among the nearest concepts; and without the concept's own part."""
    weights = _sharpened(near)
    filed = space.group >= 0
    of_group = np.bincount(space.group[filed], weights[filed], minlength=len(space.groups) + 1).astype(np.float32)
    total = np.where(filed, of_group[space.group], 0).astype(np.float32)
    return total, total - np.where(filed, weights, 0).astype(np.float32)


def _fuzzy(side: Side, by_text: Floats, concepts: NDArray[np.intp], query: str) -> Floats:
    """Edits between the query and the nearest text of each concept: over all letters, and over sorted words."""
    ratios = np.zeros((len(concepts), 2), dtype=np.float32)
    for n, text in enumerate(side.best_texts(by_text, concepts)):
        if text >= 0 and by_text[text] > 0:
            norm = side.norms[text]
            ratios[n] = fuzz.ratio(query, norm) / 100, fuzz.token_set_ratio(query, norm) / 100
    return ratios
