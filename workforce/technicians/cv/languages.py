"""Languages and how well somebody speaks them, as CVs say it: a level of the Common Framework, a word, a percentage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workforce.technicians.cv.dates import flat
from workforce.technicians.cv.sections import Line

LANGUAGES = {
    "english": "ingles|english",
    "spanish": "espanol|castellano|spanish",
    "german": "aleman|german",
    "french": "frances|french",
    "portuguese": "portugues|portuguese",
    "italian": "italiano|italian",
    "japanese": "japones|japanese",
    "chinese": "chino|mandarin|chinese",
    "korean": "coreano|korean",
    "raramuri": "raramuri|tarahumara",
}
_NAMES = re.compile(r"\b(?:" + "|".join(f"(?P<{code}>{names})" for code, names in LANGUAGES.items()) + r")\b")
_GRADE = re.compile(r"\b([abc][12])\b")
_PERCENT = re.compile(r"\b(\d{1,3})\s*%")
_WORDS = (
    ("C2", r"nativo|native|lengua materna|materna|bilingue|bilingual|mother tongue"),
    ("C1", r"avanzad|fluid|fluent|advanced|proficient|dominio total"),
    (
        "B2",
        r"intermedio[- ]alto|intermedio[- ]avanzado|upper[- ]intermediate|medio[- ]alto|conversacional|conversational",
    ),
    ("A2", r"basic|elemental|principiante|beginner|elementary"),
    ("B1", r"intermedi|medio|intermediate|tecnico|lectura|working"),
)
_PERCENTS = ((90, "C1"), (75, "B2"), (50, "B1"), (25, "A2"), (0, "A1"))
LEVELS = {"A1": 1, "A2": 1, "B1": 2, "B2": 3, "C1": 4, "C2": 4}
_REACH = 40  # letters behind a language's name that may say how well


@dataclass(frozen=True)
class Spoken:
    """A language, how well (A1 to C2, or empty), and the words that say so."""

    code: str
    words: str
    grade: str
    sentence: str


def languages_of(lines: Sequence[Line], *, need_grade: bool = False) -> list[Spoken]:
    """Return the languages that ``lines`` name, each once; with ``need_grade`` only those whose level is said."""
    found: dict[str, Spoken] = {}
    for line in lines:
        plain = flat(line.text)
        names = list(_NAMES.finditer(plain))
        for n, name in enumerate(names):
            most = names[n + 1].start() if n + 1 < len(names) else len(plain)
            grade = grade_in(plain[name.end() : min(most, name.end() + _REACH)])
            code = str(name.lastgroup)
            if (grade or not need_grade) and (code not in found or (grade and not found[code].grade)):
                found[code] = Spoken(code, line.text[name.start() : name.end()], grade, line.text.replace("\t", " "))
    return list(found.values())


def grade_in(plain: str) -> str:
    """Return the level that flat text states, or nothing."""
    if found := _GRADE.search(plain):
        return found[1].upper()
    if found := _PERCENT.search(plain):
        return next(grade for least, grade in _PERCENTS if int(found[1]) >= least)
    return next((grade for grade, words in _WORDS if re.search(rf"\b(?:{words})", plain)), "")
