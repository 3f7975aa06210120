"""Sentences of running text, and the items of the lists in them. Texts are folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workforce.skills.linker.extraction_words import Token, tokens_of

_END = re.compile(r"[\n;!?•·|]|\.(?=\s|$)")
_ITEM = re.compile(r"[\n.;:!?•·|,()]")  # between two words: no name goes over it
_COMMA = re.compile(r"[,;|]")
MOST_WORDS = 80  # of one sentence; what is longer is no sentence and is parted anyway
WIDEST_GAP = 200  # characters between two words of a sentence
TAIL = 40  # characters after the last word that may still say something ("?", ")")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text; ``items`` and ``commas`` count tokens: no name goes over an item's end."""

    start: int
    end: int
    text: str
    tokens: list[Token]
    items: list[int]
    commas: list[int]


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a folded text that hold words; lines and bullets end a sentence too."""
    run: list[Token] = []
    for token in tokens_of(text):
        if run and (
            len(run) == MOST_WORDS
            or token.start - run[-1].end > WIDEST_GAP
            or _END.search(text, run[-1].end, token.start)
        ):
            yield _sentence(text, run)
            run = []
        run.append(token)
    if run:
        yield _sentence(text, run)


def _sentence(text: str, tokens: list[Token]) -> Sentence:
    start, last = tokens[0].start, tokens[-1].end
    stop = _END.search(text, last, last + TAIL)
    end = stop.start() if stop else min(len(text), last + TAIL)
    parted, commas = (
        [n + 1 for n, (a, b) in enumerate(pairwise(tokens)) if mark.search(text, a.end, b.start)]
        for mark in (_ITEM, _COMMA)
    )
    return Sentence(start, max(end, last), text[start : max(end, last)], tokens, [0, *parted, len(tokens)], commas)
