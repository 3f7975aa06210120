"""From scores to honest confidence: is the right concept here at all, and is it this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from workforce.skills.linker.features import NAMES
from workforce.skills.linker.ranker import Example, Ranker, shares_of

LEAST = 60  # examples: fewer calibrate nothing
SHOWN = 3  # candidates of an example by which confidence is fitted
_LOOKED_AT = ("both_grams", "both_stems", "own_covered", "own_ratio", "own_tokens", "place", "group", "exact")
_COLUMNS = [NAMES.index(name) for name in _LOOKED_AT]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A rising line through points, by which a raw value becomes a probability."""

    raw: Array
    probability: Array

    @classmethod
    def fit(cls, raw: Sequence[float], right: Sequence[bool]) -> Curve:
        """Isotonic regression, held off 0 and 1."""
        model = IsotonicRegression(y_min=0.005, y_max=0.995, out_of_bounds="clip").fit(raw, np.asarray(right, float))
        return cls(np.asarray(model.X_thresholds_, float), np.asarray(model.y_thresholds_, float))

    def __call__(self, raw: Array | float) -> Array:
        return np.asarray(np.interp(raw, self.raw, self.probability))


@dataclass(frozen=True)
class Calibration:
    """Of one language. ``fits`` weighs how the best candidate looks; ``any_curve`` and ``one_curve`` set the scale."""

    fits: Array  # one weight for each thing looked at, and last the constant
    any_curve: Curve
    one_curve: Curve

    @classmethod
    def fit(cls, ranker: Ranker, examples: Sequence[Example]) -> Calibration:
        """Learn from examples that the ranker has not seen; part of them without their concept ("none of them")."""
        present = [bool(example.right.any()) for example in examples]
        if len(examples) < LEAST or all(present) or not any(present):
            line = np.array([0.0, 1.0])
            fits = np.zeros(len(_COLUMNS) + 3)
            fits[[0, 1, -1]] = 4.0, 2.0, -3.0
            return cls(fits, Curve(line, line), Curve(line, line))
        looks = np.array([_look(ranker, example.features) for example in examples])
        model = LogisticRegression(C=1.0, max_iter=1000).fit(looks, present)
        fits = np.append(model.coef_[0], model.intercept_[0])
        any_curve = Curve.fit([_chance(fits, look) for look in looks], present)
        raw: list[float] = []
        right: list[bool] = []
        for example, look in zip(examples, looks, strict=True):
            shares = shares_of(ranker.scores(example.features)) * any_curve(_chance(fits, look))
            for n in np.argsort(-shares)[:SHOWN]:
                raw.append(float(shares[n]))
                right.append(bool(example.right[n]))
        return cls(fits, any_curve, Curve.fit(raw, right))

    def of(self, ranker: Ranker, features: NDArray[np.float32]) -> tuple[float, Array]:
        """The chance that any candidate is right, and the confidence in each."""
        fitting = float(self.any_curve(_chance(self.fits, _look(ranker, features))))
        return fitting, self.one_curve(shares_of(ranker.scores(features)) * fitting)


def _look(ranker: Ranker, features: NDArray[np.float32]) -> Array:
    """What the best candidate looks like, how much of the shares it has, and how its score stands out."""
    scores = ranker.scores(features)
    best = int(np.argmax(scores))
    shares = shares_of(scores)
    lead = float(scores[best] - np.median(scores))
    return np.array([*features[best, _COLUMNS], float(shares[best]), lead], dtype=np.float64)


def _chance(fits: Array, look: Array) -> float:
    return float(1 / (1 + np.exp(-np.clip(look @ fits[:-1] + fits[-1], -30, 30))))
