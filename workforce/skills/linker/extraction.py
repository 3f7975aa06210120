"""Find the skills, occupations and credentials that a vacancy or a CV names, and what it says of each.

Pure: built from names (``workforce.skills.extracting`` takes them from the database), it reads any text of either
language or both mixed. Places are offsets of the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from workforce.core.text import fold
from workforce.skills.linker.extraction_names import LONGEST, Name, Names
from workforce.skills.linker.extraction_words import Token, stem, tokens_of

_BREAK = re.compile(r"[\n.;:!?•·|,()]")  # between two words: no name goes over it
_SENTENCE_END = re.compile(r"[\n;!?•·|]|\.(?=\s|$)")
_DENIAL = re.compile(
    r"\b(?:sin(?: experiencia en| conocimientos? de)?|no (?:experience|se requiere|requiere|manejo|piden|necesitas)\b.*"
    r"|no(?:t)?)\s*$"
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:no (?:se requiere|indispensable|es necesari[oa]|necesari[oa])|(?:is |are )?not (?:required|needed))"
)


@dataclass(frozen=True)
class Mention:
    """A concept that a text names: where, in which sentence, and what is said of it there.

    ``must`` is None where the text leaves it open, ``level`` (1-4) and ``years`` where it says none.
    """

    kind: str
    code: str
    start: int
    end: int
    text: str
    sentence: str
    negated: bool = False
    must: bool | None = None
    level: int | None = None
    years: float | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class _Span:
    """Words of a text that name a concept, before anything is known of what is said of it."""

    kind: str
    code: str
    start: int
    end: int
    confidence: float


class Extractor:
    """Reads texts by the names it was built from; never changes once built, so threads may share it."""

    def __init__(self, names: Iterable[Name]) -> None:
        by_kind: dict[str, list[Name]] = {}
        for name in names:
            by_kind.setdefault(name.kind, []).append(name)
        self._names = {kind: Names.build(of_kind) for kind, of_kind in sorted(by_kind.items())}

    def extract(self, text: str) -> list[Mention]:
        """Return what ``text`` names, in the order of the text."""
        tokens = tokens_of(text)
        ends = [n + 1 for n, (a, b) in enumerate(pairwise(tokens)) if _BREAK.search(text, a.end, b.start)]
        spans: list[_Span] = []
        for first, last in pairwise([0, *ends, len(tokens)]):
            for kind, names in self._names.items():
                spans += _longest(tokens[first:last], kind, names)
        return [_told(text, span) for span in sorted(spans, key=lambda span: (span.start, span.end, span.kind))]


def _longest(tokens: list[Token], kind: str, names: Names) -> Iterator[_Span]:
    """The longest names from the left; a word belongs to one name of a kind at most."""
    at = 0
    while at < len(tokens):
        found = None
        if tokens[at].words and stem(tokens[at].words[0]) in names.longest:
            for size in range(min(LONGEST, len(tokens) - at), 0, -1):
                run = tokens[at : at + size]
                found = names.find(tuple(word for token in run for word in token.words))
                if found and run[-1].words:
                    yield _Span(kind, found[0], run[0].start, run[-1].end, found[1])
                    at += size
                    break
        if not found:
            at += 1


def _told(text: str, span: _Span) -> Mention:
    """Add the sentence and whether it denies the concept."""
    before = [found.end() for found in _SENTENCE_END.finditer(text, max(0, span.start - 300), span.start)]
    begin = before[-1] if before else max(0, span.start - 300)
    after = _SENTENCE_END.search(text, span.end, span.end + 300)
    end = after.start() if after else min(len(text), span.end + 300)
    negated = bool(_DENIAL.search(fold(text[begin : span.start])) or _DENIED_AFTER.match(fold(text[span.end : end])))
    return Mention(
        kind=span.kind,
        code=span.code,
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        sentence=text[begin:end].strip(),
        negated=negated,
        confidence=round(span.confidence, 2),
    )
