"""Proofread the taxonomy by rule: accents that Spanish always has, words as Ciudad Juárez says them, US English.

The rules are few and sure: a word stands here only if it is wrong wherever it stands. Definitions end with a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# Words that always carry an accent in Spanish, found without it.
_NO_ACCENT = re.compile(
    r"\b(?:\w+(?:acion|icion|ucion|sion|xion)"
    r"|tecnic[oa]s?|electric[oa]s?|electronic[oa]s?|mecanic[oa]s?|hidraulic[oa]s?|neumatic[oa]s?|metalic[oa]s?"
    r"|plastic[oa]s?|quimic[oa]s?|analisis|diagnostico|numero|codigos?|basic[oa]s?|area|areas|metodos?|tambien|segun"
    r"|ingles|diseno|danos?|tamano|pequen[oa]s?|linea|lineas)\b",
    re.IGNORECASE,
)
_BRANDS = frozenset({"Fusion", "iRVision"})  # English names that look like it
# Spain's words, and what the plants of the border say.
_FOREIGN = {
    "carretilla elevadora": "montacargas",
    "mecanizado": "maquinado",
    "operario": "operador",
    "ordenador": "computadora",
    "destornillador": "desarmador",
    "cualificación": "capacitación",
    "almacenero": "almacenista",
    "gafas": "lentes",
    "usted": "tú",
}
_BRITISH = re.compile(
    r"\b(?:\w*mould\w*|colour\w*|labour\w*|programmes?|centres?|aluminium|fibre\w*|licences?"
    r"|\w+(?:al|an|ar|at|er|im|or)ise[sd]?|\w+isation\w*|labelling|maths)\b",
    re.IGNORECASE,
)
_SOUND = re.compile(r"\b(?:otherwise|exercise[sd]?|precise|advise[sd]?|supervise[sd]?)\b", re.IGNORECASE)


def faults_of(texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the texts of one row, by column; the language is the column's ending."""
    for column, text in texts.items():
        if column.endswith("_es"):
            yield from (f"{column}: {fault}" for fault in spanish_faults(text))
        if column.endswith("_en"):
            yield from (f"{column}: {fault}" for fault in english_faults(text))
        if column.startswith("description") and not text.endswith("."):
            yield f"{column} does not end with a period"


def spanish_faults(text: str) -> Iterator[str]:
    """Yield words without their accent, and words that the region does not use."""
    yield from (f"“{word}” lacks an accent" for word in _NO_ACCENT.findall(text) if word not in _BRANDS)
    for word, better in _FOREIGN.items():
        if re.search(rf"\b{word}s?\b", text, re.IGNORECASE):
            yield f"“{word}” is not said here: {better}"


def english_faults(text: str) -> Iterator[str]:
    """Yield words spelled as in Britain."""
    for word in _BRITISH.findall(text):
        if not _SOUND.fullmatch(word):
            yield f"“{word}” is British spelling"
