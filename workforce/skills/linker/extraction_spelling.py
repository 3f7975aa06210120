"""Slips of the keyboard in long words: "mantenimeinto", "montacragas"."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

FROM_LETTERS = 8  # a shorter word is too near to others
SAME_END = 2  # letters; what differs at its end is another form of a word and no slip
MOST_KEPT = 10_000


class Spelling:
    """Knows words, and finds the one that a misspelt word surely is: one slip away, and the only such one."""

    def __init__(self, vocabulary: Iterable[str], others: Iterable[str] = ()) -> None:
        """Take the words to be found in ``vocabulary``, and ``others`` that are right and mean nothing here."""
        self._right = {word for word in vocabulary if word.isalpha() and len(word) >= FROM_LETTERS - 1}
        self._known = self._right | set(others)
        self._near: dict[tuple[str, str], list[str]] = {}
        for word in sorted(self._right):
            for first in (word[0], word[1]):  # the first two letters may have changed places
                self._near.setdefault((first, word[-SAME_END:]), []).append(word)
        self._kept: dict[str, str] = {}

    def right(self, word: str) -> str:
        """Return ``word`` spelled right, or as it is when it is known, short or near to nothing or to several."""
        if len(word) < FROM_LETTERS or not word.isalpha() or word in self._known:
            return word
        if word not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            near = self._near.get((word[0], word[-SAME_END:]), ())
            found = [other for other in near if abs(len(other) - len(word)) <= 1 and OSA.distance(word, other) == 1]
            self._kept[word] = found[0] if len(found) == 1 else word
        return self._kept[word]
