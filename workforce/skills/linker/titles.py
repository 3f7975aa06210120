"""Job titles as people write them: what is the title, and what only stands around it."""

from __future__ import annotations

import re

from workforce.core.text import fold
from workforce.skills.linker.gender import split_pair

# Everything from here on is about conditions, not about the occupation (folded text).
_TAIL = re.compile(
    r"\s*(?:\bc/|\bs/|\bcon (?:licencia|experiencia|o sin|ingles|visa|disponibilidad|certificacion|transporte)\b"
    r"|\bsin experiencia\b|\bwith (?:license|licence|experience|or without)\b|\bw/|\bturno\b"
    r"|\b(?:1er|2do|3er|primer|segundo|tercer)o? turno\b"
    r"|\b(?:1st|2nd|3rd|first|second|third|night|day) shift\b|\bzona\b|\bplanta (?:norte|sur)\b"
    r"|\bbilingue\b|\bbilingual\b"
    r"|\b\d+x\d+\b|\burge\b|\burgente\b|\bingreso inmediato\b|\$|\bcd\.? juarez\b|\bciudad juarez\b"
    r"|\bel paso\b| - | – | \| |!).*$"
)
_HEAD = re.compile(
    r"^\s*(?:[*!¡#\-]+|vacantes?:?|se solicitan?:?|solicitamos:?|buscamos:?|urgen?te?:?|se busca:?"
    r"|puesto:?|hiring:?|now hiring:?|wanted:?|\d+\s+(?=[a-z]))\s*"
)
_MARKS = re.compile(r"\((?!a\)|o\)|as\)|os\)|ra\)|esa\))[^)]*\)")
_GRADE = re.compile(r"\s+(?:(?:jr|sr|i{1,3}|iv|v|[1-5abc]|junior|senior|trainee)\.?\s*)+$")


def title_forms(text: str) -> tuple[str, ...]:
    """Return ways to read ``text`` as a title, the most faithful first: as it is, then without what stands around it.

    Gender pairs and "(a)" are spelled out into both forms. Texts are folded; none is empty.
    """
    forms: dict[str, None] = {}
    raw = " ".join(text.split())
    for form in split_pair(raw):
        forms[fold(form)] = None
    for form in split_pair(_strip(fold(_MARKS.sub(" ", raw)))):
        forms[fold(form)] = None
        forms[_GRADE.sub("", fold(form)).strip()] = None
    return tuple(form for form in forms if form)


def _strip(folded: str) -> str:
    """Drop what stands before and after the title."""
    previous = ""
    while folded != previous:
        previous, folded = folded, _HEAD.sub("", folded)
    return _TAIL.sub("", folded).strip(" ,.;:-") or previous
