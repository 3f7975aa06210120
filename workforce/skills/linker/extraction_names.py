"""What concepts are called, laid out so that running text can be looked up word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from workforce.skills.linker.extraction_words import stem
from workforce.skills.linker.normalize import STOP_WORDS, words_of
from workforce.skills.linker.variants import variants

# How sure a name makes, by its kind: two concepts with the same words and the same right cancel each other out.
TRUST = {"label": 1.0, "alias": 0.98, "variant": 0.96, "hidden": 0.9}
INFLECTED = 0.94  # times the trust when the words differ by number or gender alone
LONGEST = 12  # words of a name that are looked for in a text

Key = tuple[str, ...]


class Name(NamedTuple):
    """A text by which a concept is known; ``kind`` skill, occupation or credential; ``how`` as in ``TRUST``."""

    kind: str
    code: str
    text: str
    how: str


def readings(name: Name) -> Iterator[tuple[Key, str]]:
    """Yield the words of ``name`` and of what its slashes and brackets hold, each with how it is known.

    One side of a slash that is one word is no name by itself: "Pro/ENGINEER" is not every engineer.
    """
    yield words_of(name.text), name.how
    for text in variants(name.text):
        words = words_of(text)
        if len(words) > 1 or "/" not in name.text or f"({text})" in name.text:
            yield words, name.how if name.how == "hidden" else "variant"


@dataclass
class Names:
    """Names of one kind of concept, by their words as they are and by their stems without small words."""

    exact: dict[Key, dict[str, float]] = field(default_factory=dict)
    stems: dict[Key, dict[str, float]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    longest: dict[str, int] = field(default_factory=dict)  # most words of a name that begins with this stem

    @classmethod
    def build(cls, names: Iterable[Name]) -> Names:
        """Lay out ``names``, which are of one kind."""
        built = cls()
        for name in names:
            for words, how in readings(name):
                built._add(name.code, words, TRUST[how])
        return built

    def _add(self, code: str, words: Key, trust: float) -> None:
        content = tuple(word for word in words if word not in STOP_WORDS)
        self.words.update(content)
        if not content or len(words) > LONGEST:
            return
        key = tuple(map(stem, content))
        self._enter(self.exact, words, code, trust)
        if len(content) > 1 or len(words) == 1:  # of "E & O inventory" or "celdas en U" the small words are the point
            self._enter(self.stems, key, code, trust)
        for begin in {stem(words[0]), key[0]}:
            self.longest[begin] = max(self.longest.get(begin, 0), len(words))

    @staticmethod
    def _enter(table: dict[Key, dict[str, float]], key: Key, code: str, trust: float) -> None:
        codes = table.setdefault(key, {})
        codes[code] = max(codes.get(code, 0.0), trust)

    def find(self, words: Key) -> tuple[tuple[str, ...], float] | None:
        """Return the concept that ``words`` name with how sure that is, or the several that they name alike."""
        found = _best(self.exact.get(words))
        if found or words[-1] in STOP_WORDS or words[0] in STOP_WORDS:
            return found
        found = _best(self.stems.get(tuple(stem(word) for word in words if word not in STOP_WORDS)))
        return (found[0], found[1] * INFLECTED) if found else None


def _best(codes: dict[str, float] | None) -> tuple[tuple[str, ...], float] | None:
    if not codes:
        return None
    best = max(codes.values())
    return tuple(sorted(code for code, trust in codes.items() if trust == best)), best
