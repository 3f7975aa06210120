"""In which language a vacancy was written: enough to show it with the right ``lang``; matching never depends on it."""

from __future__ import annotations

import re

from workforce.core.choices import Language
from workforce.core.text import fold

_WORD = re.compile(r"[a-z]+")
_SPANISH_TEXT = (
    "de del la las los el para con sin por y en un una se al turno operador operadora tecnico tecnica supervisor "
    "ingeniero ingeniera mantenimiento calidad produccion soldador soldadora auxiliar jefe jefa almacenista "
    "montacarguista chofer planta experiencia conocimiento conocimientos manejo lectura planos sueldo semanal "
    "maquina lineas linea ensamblador ensambladora materiales almacen costurera guardia"
)
_SPANISH = frozenset(_SPANISH_TEXT.split())
_ENGLISH_TEXT = (
    "the of and for with to in an on or at by technician operator welder engineer supervisor maintenance quality "
    "shift lead handler assembler forklift driver clerk buyer planner manufacturing warehouse experience skills "
    "reading work required weekly machine line team must"
)
_ENGLISH = frozenset(_ENGLISH_TEXT.split())


def guess_language(text: str, default: str) -> str:
    """Return "es" or "en", whichever has more of its common words in ``text``; ``default`` when it is even."""
    words = _WORD.findall(fold(text))
    spanish = sum(word in _SPANISH for word in words) + sum(char in "ñáéíóú¿¡" for char in text.lower())
    english = sum(word in _ENGLISH for word in words)
    if spanish == english:
        return default
    return Language.SPANISH if spanish > english else Language.ENGLISH


def soften(title: str) -> str:
    """Return a title without shouting: "¡¡SOLDADOR MIG URGENTE!!" becomes "Soldador MIG urgente"; others stay."""
    text = " ".join(title.strip(" *!¡#-.").split())
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 6 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return text
    words = [
        word if (len(word) <= 3 and word not in _SMALL) or any(c.isdigit() for c in word) else word.lower()
        for word in text.split()
    ]
    calm = " ".join(words)
    return calm[:1].upper() + calm[1:]


_SMALL_TEXT = "DE DEL LA EL LOS LAS Y EN CON SIN POR AL A O THE OF AND FOR TO IN"
_SMALL = frozenset(_SMALL_TEXT.split())
