"""Level (1-4), years, must or wish, where the words around a mention say them. Texts are folded."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEVELS = (
    (
        1,
        r"\b(?:basic(?:o|a|os|as|s)?|principiantes?|beginner|entry[ -]level|elemental(?:es)?|nociones|introductori[oa]"
        r"|(?:muy )?poc[oa]|algo(?: de)?|a little|a bit of|solo consulta|a1|a2)\b|\b(?:[1-3]\d) ?%",
    ),
    (2, r"\b(?:intermedi[oa]s?|intermediate|medio|moderate|b1|b2)\b|\b(?:[4-7]\d) ?%"),
    (3, r"\b(?:avanzad[oa]s?|advanced|strong|solid[oa]?|fluent|fluid[oa]|fluidez|dominio|dominar|c1)\b|\b[89]\d ?%"),
    (4, r"\b(?:expert[oa]?s?|nativ[oa]|native|lengua materna|mother tongue|c2)\b|\b100 ?%"),
)
_LEVEL = re.compile("|".join(f"(?P<l{level}>{pattern})" for level, pattern in _LEVELS))
_JUST_BEFORE = re.compile(r"(?:^|\s)(?:some|algo de|basics? of)(?: [a-z]+)?\s*$")
_NEAR_BEFORE = re.compile(r"(?:\S+\s+){0,4}\S*\s*$")
_BREAK = re.compile(r"[,;\n·•|]|\.(?=\s|$)|\b(?:y|and|e)\b")
_BRACKET = re.compile(r"[ \t]*\(([^()]{0,60})\)")

_NUMBERS = {
    **dict.fromkeys(("un", "una", "one", "a"), 1.0),
    **dict.fromkeys(("dos", "two"), 2.0),
    **dict.fromkeys(("tres", "three"), 3.0),
    **dict.fromkeys(("cuatro", "four"), 4.0),
    **dict.fromkeys(("cinco", "five"), 5.0),
    **dict.fromkeys(("seis", "six"), 6.0),
    **dict.fromkeys(("siete", "seven"), 7.0),
    **dict.fromkeys(("ocho", "eight"), 8.0),
    **dict.fromkeys(("nueve", "nine"), 9.0),
    **dict.fromkeys(("diez", "ten"), 10.0),
}
_YEARS = re.compile(
    rf"\b(?P<number>\d{{1,2}}(?:[.,]5)?|{'|'.join(_NUMBERS)})\+?[ ]?(?:\+|(?:o|or) (?:mas|more) )?"
    r"(?:(?:a|o|to|or|-|–|y)[ ]?\d{1,2}[ ]?)?\+?[ ]?(?P<unit>anos?|years?|yrs?\b\.?|meses|months?|mos\b)"
)
_AGE = re.compile(r"\b(?:edad|age|mayor(?:es)? de|over|entre|cumplidos)\b[^.;,]{0,15}$")
_OLD = re.compile(r"\s*(?:de edad|cumplidos|old|of age|en (?:la ciudad|el mercado|operaci))")
MOST_YEARS = 40

_WISH = re.compile(
    r"\b(?:deseables?|preferibles?|preferiblemente|de preferencia|prefer(?:red|ably|entemente)|desired|desirable"
    r"|(?:a|un|es|huge) "
    r"plus|plus|ventaja|se valora(?:ra|n)?|nice to have|ideal(?:mente)?(?: si)?|helpful|would be (?:great|nice)"
    r"|bonus|advantage"
    r"|opcional|optional|an asset|seria bueno)\b"
)
_MUST = re.compile(
    r"\b(?:(?<!no )(?<!es )indispensables?|(?<!no )requerid[oa]s?|(?<!no )obligatori[oa]s?|(?<!not )required|must"
    r"|imprescindible"
    r"|(?<!no )necesari[oa]s?|forzos[oa]|minim[oa]|minimum|at least|al menos)\b"
)
_ASKS = re.compile(
    r"\b(?:experiencia|exp\.?|experience|manejo de|conocimientos?|conocer|saber|dominio|knowledge|proficien\w+"
    r"|ability to|years|anos"
    r"|yrs|uso de)\b"
)


class Years(NamedTuple):
    """A number of years, and where it stands in its sentence."""

    start: int
    end: int
    years: float


def level_of(sentence: str, start: int, end: int, before: int, after: int) -> int | None:
    """Return the level said of the words from ``start`` to ``end``; mentions next to them end and begin where told."""
    left = sentence[before:start]
    cut = [found.end() for found in _BREAK.finditer(left)]
    near = _NEAR_BEFORE.search(left[cut[-1] if cut else 0 :])
    around = near.group() if near else ""
    right = sentence[end:after]
    bracket = _BRACKET.match(right)
    inside = bracket.group(1) if bracket else ""
    rest = right[bracket.end() :] if bracket else right
    stop = _BREAK.search(rest)
    said = [
        int(str(found.lastgroup)[1:])
        for words in (around, sentence[start:end], inside, rest[: stop.start() if stop else len(rest)])
        for found in _LEVEL.finditer(words)
    ]
    if _JUST_BEFORE.search(left):
        said.append(1)
    return min(said, default=None)


def years_in(sentence: str) -> list[Years]:
    """Return the numbers of years that a folded sentence tells, ages left out; of "3 a 5" the lower."""
    found = []
    for match in _YEARS.finditer(sentence):
        if _AGE.search(sentence[: match.start()]) or _OLD.match(sentence, match.end()):
            continue
        text = match["number"]
        number = _NUMBERS[text] if text in _NUMBERS else float(text.replace(",", "."))
        if match["unit"].startswith("m"):
            number = round(number / 12, 2)
        if 0 < number <= MOST_YEARS:
            found.append(Years(match.start(), match.end(), number))
    return found


def wished_or_must(sentence: str, start: int, end: int) -> bool | None:
    """Return False where the words are a wish, True where they are a must, None where the sentence says neither.

    A word of wishing counts in the same item of a list, or for all that follows it at the head of the sentence.
    """
    item_start, item_end = item_around(sentence, start, end)
    item = sentence[item_start:item_end]
    if _WISH.search(item):
        return False
    head = _WISH.search(sentence[:start])
    if head and len(sentence[: head.start()].split()) <= 3:
        return False
    if _MUST.search(item) or _MUST.match(sentence.lstrip(" -*•·")):
        return True
    return None


def asks(sentence: str) -> bool:
    """Whether a sentence of a vacancy asks for something, rather than telling what is done."""
    return bool(_ASKS.search(sentence))


def item_around(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return from where to where the list item goes that holds ``start`` to ``end``; brackets belong to their item."""
    depth, first = 0, 0
    for at in range(start - 1, -1, -1):
        char = sentence[at]
        depth += (char == ")") - (char == "(")
        if char in ",;" and depth <= 0:
            first = at + 1
            break
    depth = 0
    for at in range(end, len(sentence)):
        char = sentence[at]
        depth += (char == "(") - (char == ")")
        if char in ",;" and depth <= 0:
            return first, at
    return first, len(sentence)
