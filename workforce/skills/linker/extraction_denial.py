"""What a sentence denies: "sin experiencia en ...", "no se requiere ...", "forklift not needed". Texts are folded."""

from __future__ import annotations

import re

# "No" and the like before what is denied; not where they deny a number, a problem, or nothing at all.
_BEFORE = re.compile(
    r"\b(?:(?<!con o )(?<!con y )sin(?! (?:embargo|falta|problema|excepcion))|ni|never|nunca|jamas|excepto|salvo"
    r"|except|lack of"
    r"|(?<!or )without|not(?! only| just)|[a-z]+n't|cannot"
    r"|no(?!\.? ?\d|\. ?de\b| solo| solamente| only| menos| mas de| less| later| obstante| problem| hay problema"
    r"| importa\b"
    r"| te preocupes| limit))\b"
)
_ENDS = re.compile(r"[;:.](?=\s|$)|\b(?:pero|but|sino|aunque|although|however|though|solo|only|si se)\b|\s[-–—]\s")
_STRAY_COLON = re.compile(r"^[ \t]*(?:required|requerido|needed|necesario|indispensable)s?[ \t]*:")
_GOES_ON = re.compile(r"\s*(?:ni|o|or|nor|u)\b")
_LISTED = re.compile(r"\b(?:ni|o|or|nor)\b")
_AFTER = re.compile(
    r"(?: (?:basic|intermediate|advanced|basic[oa]|intermedi[oa]|avanzad[oa]|tecnic[oa]|conversacional)\b){0,2}"
    r"[^\w,;.]*(?:\((?!no\b|not\b)[^)]{0,40}\)[ \t]*)?(?:[:,][ \t]*)?(?:(?:y|and|o|or|,) [a-z0-9]+ )?(?:experience "
    r"|experiencia "
    r"|skills )?"
    r"(?:no (?:es |son |sera )?(?:se (?:requieren?|necesitan?|pide|ocupa)|requerid[oa]s?|necesari[oa]s?|indispensables?"
    r"|obligatori[oa]s?|hace falta|(?:un )?requisito|must|needed|required|es lo mi[oa])"
    r"|(?:is |are |was )?not (?:be )?(?:required|needed|necessary|a must|a requirement|my|yet|included|mandatory)"
    r"|(?:isn't|aren't) (?:required|needed|necessary|a)"
    r"|(?:ningun[oa]?|nada|none|nulo|todavia no|aun no|no)(?=[ \t]*(?:[,.;)\n]|$))"
    r"|(?:is|are) [a-z]+ by (?:somebody|someone|others)|lo (?:hace|cubre) otr[oa])"
)
_YET_WELCOME = re.compile(
    r"\b(?:pero|but|though|aunque)\b[^.;\n]*\b(?:ayuda|suma|helps?|helpful|plus|ventaja|deseable|preferred|nice"
    r"|valora|easier)"
    r"|\b(?:deseable|helpful|preferred|a plus|plus|ideal)\b"
)
MOST_WORDS = 14


def denied_stretches(sentence: str) -> list[tuple[int, int]]:
    """Return the stretches of a folded sentence that a "no" before them denies."""
    stretches = []
    for found in _BEFORE.finditer(sentence):
        begin = found.end()
        if colon := _STRAY_COLON.match(sentence[begin:]):
            begin += colon.end()
        stretches.append((begin, _end_of_denial(sentence, begin)))
    return stretches


def _end_of_denial(sentence: str, begin: int) -> int:
    """A denial ends with its clause; over a comma only when a list goes on to "ni", "o", "or"."""
    stop = _ENDS.search(sentence, begin)
    end = stop.start() if stop else len(sentence)
    words = re.compile(r"\S+").finditer(sentence, begin, end)
    end = next((word.start() for n, word in enumerate(words) if n == MOST_WORDS), end)
    comma = sentence.find(",", begin, end)
    while comma >= 0:
        following = sentence.find(",", comma + 1, end)
        item = sentence[comma + 1 : following if following >= 0 else end]
        rest = sentence[comma + 1 : end]
        if not _GOES_ON.match(item) and not (len(item.split()) <= 4 and _LISTED.search(rest)):
            return comma
        comma = following
    return end


def denied_after(sentence: str, end: int) -> bool:
    """Whether what follows the words that end at ``end`` denies them: "inglés no indispensable", "Siemens: not yet"."""
    return bool(_AFTER.match(sentence, end))


def yet_welcome(sentence: str) -> bool:
    """Whether the sentence says that what it does not require is a wish still: "not required, but helpful"."""
    return bool(_YET_WELCOME.search(sentence))
