"""Where people's own words for skills are kept today: each app registers what it holds, nobody is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Use(NamedTuple):
    """Words that lead to no skill, and whose they are: ``who`` is the same for the same person or organization."""

    words: str
    who: str


Source = Callable[[], Iterable[Use]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a function that returns what an app holds; registering it twice changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def all_uses() -> Iterable[Use]:
    """Everything that is held, one use after the other."""
    for source in _sources:
        yield from source()
