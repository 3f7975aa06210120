"""What sentences say of the concepts they name: denied or not, must or wish, level, years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workforce.skills.linker.extraction_denial import denied_after, denied_stretches, yet_welcome
from workforce.skills.linker.extraction_grades import Years, asks, item_around, level_of, wished_or_must, years_in
from workforce.skills.linker.extraction_parts import DUTY, MUST, OPEN, WISH, Outline
from workforce.skills.linker.extraction_sentences import Sentence

# After a number of years: what follows is what they are about.
_ABOUT = re.compile(
    r"\s*(?:de |of )?(?:experiencia |experience |exp\.? )?(?:minim[ao] |previa |comprobable )?(?:en|in|with)\b"
)


class Span(NamedTuple):
    """Words of a folded text that name a concept, and how sure that is; ``others`` would have the same right."""

    kind: str
    code: str
    start: int
    end: int
    sure: float
    others: tuple[str, ...] = ()


class Said(NamedTuple):
    """A concept named, and what its sentence says of it."""

    span: Span
    negated: bool
    must: bool | None
    level: int | None
    years: float | None


def say(text: str, outline: Outline, told: Sequence[tuple[Sentence, list[Span]]]) -> Iterator[tuple[Sentence, Said]]:
    """Yield every span of ``told`` with what is said of it; years that go with no skill are those of the title."""
    graded = [(sentence, spans, _years_by_span(sentence, spans)) for sentence, spans in told]
    if not outline.of_a_person and graded:
        first = graded[0]
        if first[0].start <= len(text) // 4 and not any(first[2]):
            loose = next((years for sentence, spans, _own in graded for years in _unclaimed(sentence, spans)), None)
            loose = loose if loose is not None else _bare_years(text, told)
            told_elsewhere = {
                span.code for _s, spans, own in graded for span, years in zip(spans, own, strict=True) if years
            }
            first[2][:] = [None if span.code in told_elsewhere else loose for span in first[1]]
    for sentence, spans, years in graded:
        yield from _said(sentence, spans, years, outline)


def _said(
    sentence: Sentence, spans: list[Span], years: list[float | None], outline: Outline
) -> Iterator[tuple[Sentence, Said]]:
    denied = denied_stretches(sentence.text)
    role = outline.role_at(sentence.start)
    for span, own_years in zip(spans, years, strict=True):
        start, end = span.start - sentence.start, span.end - sentence.start
        negated = any(a <= start < b for a, b in denied) or denied_after(sentence.text, end)
        wished = wished_or_must(sentence.text, start, end)
        if negated and yet_welcome(sentence.text):
            negated, wished = False, False
        if negated:
            yield sentence, Said(span, True, None, None, None)
            continue
        before = max((other.end - sentence.start for other in spans if other.end <= span.start), default=0)
        after = min((o.start - sentence.start for o in spans if o.start >= span.end), default=len(sentence.text))
        level = level_of(sentence.text, start, end, before, after)
        must = None if outline.of_a_person else _must(wished, role, sentence.text)
        yield sentence, Said(span, False, must, level, own_years)


def _must(wished: bool | None, role: str, sentence: str) -> bool | None:
    if wished is not None or role == DUTY:
        return wished
    if role in (MUST, WISH):
        return role == MUST
    return True if role == OPEN and asks(sentence) else None


def _years_by_span(sentence: Sentence, spans: list[Span]) -> list[float | None]:
    """Years of each span: said before it in its part of the sentence, else right after it in its list item."""
    found = years_in(sentence.text)
    return [_years_of(sentence, span, spans, found) for span in spans]


def _years_of(sentence: Sentence, span: Span, spans: list[Span], found: list[Years]) -> float | None:
    text, start, end = sentence.text, span.start - sentence.start, span.end - sentence.start
    first, last = item_around(text, start, end)
    before = [years for years in found if first <= years.start and years.end <= start]
    if before:
        return before[-1].years if ":" not in text[before[-1].end : start] else None
    following = next((years for years in found if years.start >= end), None)
    if following is None:
        return None
    item = item_around(text, following.start, following.end)
    if following.end <= last:  # in the same item, and nothing named after it: "Mastercam 2 years"
        later = any(following.end <= other.start - sentence.start < item[1] for other in spans)
        return None if later else following.years
    begins = not text[item[0] : following.start].strip(" ,(con")  # the next item: "supervisora, 7 años con ..."
    return following.years if item[0] == last + 1 and begins and not _ABOUT.match(text, following.end) else None


def _unclaimed(sentence: Sentence, spans: list[Span]) -> Iterator[float]:
    """Years in a sentence whose list item names nothing."""
    for years in years_in(sentence.text):
        first, last = item_around(sentence.text, years.start, years.end)
        if not any(first <= span.start - sentence.start < last for span in spans):
            yield years.years


def _bare_years(text: str, told: Sequence[tuple[Sentence, list[Span]]]) -> float | None:
    """The first number of years of the text that stands in a sentence which names nothing."""
    for years in years_in(text[:5_000]):
        if not any(sentence.start <= years.start < sentence.end for sentence, _spans in told):
            return years.years
    return None
