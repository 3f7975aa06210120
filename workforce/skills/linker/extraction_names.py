"""What concepts are called, laid out so that running text can be looked up word by word."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass
class Names:
    """Names of one kind of concept, by their words as they are and by their stems without small words."""

    exact: dict[Key, dict[str, float]] = field(default_factory=dict)
    stems: dict[Key, dict[str, float]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)  # most words of a name that begins with this stem

    @classmethod
    def build(cls, names: Iterable[Name]) -> Names:
        """Lay out ``names`` (of one kind) with the readings that their slashes and brackets hold."""
        built = cls()
        for name in names:
            built._add(name.code, name.text, name.how)
            for text in variants(name.text):
                built._add(name.code, text, "variant" if name.how != "hidden" else "hidden")
        return built

    def _add(self, code: str, text: str, how: str) -> None:
        words = words_of(text)
        content = tuple(word for word in words if word not in STOP_WORDS)
        if not content or len(words) > LONGEST:
            return
        trust = TRUST[how]
        key = tuple(map(stem, content))
        for table, entry in ((self.exact, words), (self.stems, key)):
            codes = table.setdefault(entry, {})
            codes[code] = max(codes.get(code, 0.0), trust)
        self.longest[key[0]] = max(self.longest.get(key[0], 0), len(key))

    def find(self, words: Key) -> tuple[str, float] | None:
        """Return the one concept that ``words`` name, with how sure that is; None for none or for several."""
        found = _only(self.exact.get(words, {}))
        if found or words[-1] in STOP_WORDS or words[0] in STOP_WORDS:
            return found
        found = _only(self.stems.get(tuple(stem(word) for word in words if word not in STOP_WORDS), {}))
        return (found[0], found[1] * INFLECTED) if found else None


def _only(codes: dict[str, float]) -> tuple[str, float] | None:
    if not codes:
        return None
    best = max(codes.values())
    first = [code for code, trust in codes.items() if trust == best]
    return (first[0], best) if len(first) == 1 else None
