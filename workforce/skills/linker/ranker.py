"""Which of the candidates is meant: a conditional logit, learned on texts whose concept is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from workforce.skills.linker.features import ALL_NAMES
from workforce.skills.linker.side import Floats

PENALTY = 1e-3


@dataclass(frozen=True)
class Example:
    """Candidates of one text: their features, and which are right (none: the text's concept was taken away)."""

    features: Floats
    right: NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True)
class Ranker:
    """Scores candidates by a weighted sum of their features; a softmax over them gives shares."""

    weights: NDArray[np.float64]

    @classmethod
    def fit(cls, examples: Sequence[Example]) -> Ranker:
        """Learn from the examples that have a right candidate. Without any, only likeness by letters counts."""
        usable = [example for example in examples if example.right.any()]
        if len(usable) < len(ALL_NAMES):
            weights = np.zeros(len(ALL_NAMES))
            weights[[ALL_NAMES.index("both_grams"), ALL_NAMES.index("both_stems")]] = 10.0, 5.0
            return cls(weights)
        features = np.vstack([example.features for example in usable]).astype(np.float64)
        right = np.concatenate([example.right for example in usable])
        starts = np.cumsum([0, *(len(example.features) for example in usable[:-1])])
        importance = np.array([example.weight for example in usable])
        scale = features.std(axis=0)
        scale[scale < 1e-6] = 1.0
        features /= scale
        lengths = np.diff([*starts, len(features)])

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            scores = features @ weights
            scores -= np.repeat(np.maximum.reduceat(scores, starts), lengths)
            odds = np.exp(scores)
            shares = odds / np.repeat(np.add.reduceat(odds, starts), lengths)
            among_right = np.where(right, shares, 0)
            hit = np.maximum(np.add.reduceat(among_right, starts), 1e-12)
            wanted = among_right / np.repeat(hit, lengths)
            slope = features.T @ ((shares - wanted) * np.repeat(importance, lengths)) / importance.sum()
            value = -(importance * np.log(hit)).sum() / importance.sum() + PENALTY * (weights @ weights)
            return float(value), slope + 2 * PENALTY * weights

        found = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
        return cls(found.x / scale)

    def scores(self, features: Floats) -> NDArray[np.float64]:
        """One score a candidate; differences are log odds."""
        return features.astype(np.float64) @ self.weights


def shares_of(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax."""
    odds = np.exp(scores - scores.max())
    return odds / odds.sum()
