"""A text folded letter by letter, which still knows where each letter stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Flat:
    """``text`` in lower case without accents; ``places[n]`` is where its letter ``n`` stands in ``given``."""

    given: str
    text: str
    places: range | list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the folded text (not empty) stands in the text given, accents typed apart included."""
        first, last = self.places[start], self.places[end - 1] + 1
        while last < len(self.given) and unicodedata.combining(self.given[last]):
            last += 1
        return first, last


def flatten(text: str) -> Flat:
    """Fold ``text`` as ``core.text.fold`` does, except that blanks and line ends stay as they are."""
    if text.isascii():
        return Flat(text, text.lower(), range(len(text)))
    forms = {char: _folded(char) for char in set(text)}
    pieces = [forms[char] for char in text]
    places = [at for at, piece in enumerate(pieces) for _letter in piece]
    return Flat(text, "".join(pieces), places)


def _folded(char: str) -> str:
    if char in "´`’":
        return "'"
    decomposed = unicodedata.normalize("NFKD", char.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
