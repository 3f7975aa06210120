"""Find the skills, occupations and credentials that a vacancy or a CV names, and what it says of each.

Pure: built from names (``workforce.skills.extracting`` takes them from the database), it reads any text of either
language or both mixed. Places are offsets of the text as it was given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from workforce.skills.linker.extraction_flat import Flat, flatten
from workforce.skills.linker.extraction_loose import LooseNames, Word
from workforce.skills.linker.extraction_names import LONGEST, Name, Names
from workforce.skills.linker.extraction_parts import Outline
from workforce.skills.linker.extraction_said import Said, Span, say
from workforce.skills.linker.extraction_sentences import Sentence, sentences_of
from workforce.skills.linker.extraction_spelling import Spelling
from workforce.skills.linker.extraction_words import Token, root, stem
from workforce.skills.linker.normalize import STOP_WORDS

SKILL = "skill"
MOST_CHARS = 200_000  # of a longer text the rest is not read: a CV or a vacancy has a hundredth of it


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


class Extractor:
    """Reads texts by the names it was built from; never changes once built, so threads may share it.

    Parameters
    ----------
    names : texts by which concepts are known.
    kin : the skills that go with a skill; they decide between several that the same words name ("torno").
    known : words (folded) of no name that are spelled right nevertheless.
    """

    def __init__(
        self, names: Iterable[Name], kin: Mapping[str, frozenset[str]] | None = None, known: Iterable[str] = ()
    ) -> None:
        by_kind: dict[str, list[Name]] = {}
        for name in names:
            by_kind.setdefault(name.kind, []).append(name)
        self._names = {kind: Names.build(of_kind) for kind, of_kind in sorted(by_kind.items())}
        self._loose = LooseNames(by_kind.get(SKILL, ()))
        self._kin = dict(kin or {})
        self._spelling = Spelling((word for found in self._names.values() for word in found.words), known)

    def extract(self, text: str) -> list[Mention]:
        """Return what the first 200,000 characters of ``text`` name, in the order of the text.

        Parts about pay, places, firms or benefits are passed over.
        """
        flat = flatten(text[:MOST_CHARS])
        outline = Outline.of(flat.text)
        told: list[tuple[Sentence, list[Span]]] = []
        for written in sentences_of(flat.text):
            sentence = self._spelled(written)
            spans = [span for span in self._spans(sentence) if not outline.skips(span.start, span.end)]
            if spans:
                told.append((sentence, spans))
        said = say(flat.text, outline, self._settled(told))
        return sorted(
            (_mention(flat, sentence, each) for sentence, each in said), key=lambda m: (m.start, m.end, m.kind, m.code)
        )

    def _spelled(self, sentence: Sentence) -> Sentence:
        """Return the sentence with the words of its tokens spelled right; its places and its text stay."""
        tokens = [token._replace(words=tuple(map(self._spelling.right, token.words))) for token in sentence.tokens]
        return replace(sentence, tokens=tokens)

    def _settled(self, told: list[tuple[Sentence, list[Span]]]) -> list[tuple[Sentence, list[Span]]]:
        """Where words name several concepts, choose the one with most kin in the text, or none."""
        sure = {span.code for _sentence, spans in told for span in spans if not span.others}
        settled = []
        for sentence, spans in told:
            kept = [one for span in spans if (one := self._chosen(span, sure)) is not None]
            if kept:
                settled.append((sentence, kept))
        return settled

    def _chosen(self, span: Span, sure: set[str]) -> Span | None:
        if not span.others:
            return span
        ranked = sorted((-len(self._kin.get(code, frozenset()) & sure), code) for code in (span.code, *span.others))
        return span._replace(code=ranked[0][1], others=()) if ranked[0][0] < ranked[1][0] else None

    def _spans(self, sentence: Sentence) -> list[Span]:
        """Names in a sentence: word by word, and then those whose words stand apart."""
        strict = [
            span
            for first, last in pairwise(sentence.items)
            for kind, names in self._names.items()
            for span in _longest(sentence.tokens[first:last], kind, names)
        ]
        loose = list(self._loosely(sentence, [span for span in strict if span.kind == SKILL and not span.others]))
        clear = [
            span
            for span in strict
            if not (span.others and any(one.start < span.end and span.start < one.end for one in loose))
        ]
        return clear + loose

    def _loosely(self, sentence: Sentence, strict: list[Span]) -> Iterator[Span]:
        claimed = {at for span in strict for at in range(span.start, span.end)}
        words = [
            Word(root(word), n, bisect_right(sentence.commas, n), token.start not in claimed)
            for n, token in enumerate(sentence.tokens)
            for word in token.words
            if word not in STOP_WORDS
        ]
        known = {span.code for span in strict}
        for loose in self._loose.find(words):
            if loose.code not in known:
                first, last = sentence.tokens[loose.first], sentence.tokens[loose.last]
                yield Span(SKILL, loose.code, first.start, last.end, loose.sure)


def _longest(tokens: list[Token], kind: str, names: Names) -> Iterator[Span]:
    """The longest names from the left; a word belongs to one name of a kind at most."""
    at = 0
    while at < len(tokens):
        size, found = _name_at(tokens, at, names)
        if found:
            (code, *others), sure = found
            yield Span(kind, code, tokens[at].start, tokens[at + size - 1].end, sure, tuple(others))
        at += size


def _name_at(tokens: list[Token], at: int, names: Names) -> tuple[int, tuple[tuple[str, ...], float] | None]:
    if tokens[at].words:
        longest = names.longest.get(stem(tokens[at].words[0]), 0)
        for size in range(min(longest, LONGEST, len(tokens) - at), 0, -1):
            run = tokens[at : at + size]
            found = names.find(tuple(word for token in run for word in token.words))
            if found:
                return size, found
    return 1, None


def _mention(flat: Flat, sentence: Sentence, said: Said) -> Mention:
    start, end = flat.span(said.span.start, said.span.end)
    around = flat.span(sentence.start, sentence.end)
    return Mention(
        kind=said.span.kind,
        code=said.span.code,
        start=start,
        end=end,
        text=flat.given[start:end],
        sentence=flat.given[around[0] : around[1]].strip(),
        negated=said.negated,
        must=said.must,
        level=said.level,
        years=said.years,
        confidence=round(said.span.sure, 2),
    )
