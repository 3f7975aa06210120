"""Choices by chance that come out the same every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
SEED = 20261124


class Chance(random.Random):
    """A seeded source of choices."""

    def maybe(self, probability: float) -> bool:
        """Be true with ``probability``."""
        return self.random() < probability

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Take at most ``count`` different items."""
        return self.sample(list(items), min(count, len(items)))
