"""Cells that mean the same whatever the file is about: shifts and English. They return what the models store."""

from __future__ import annotations

import re

from workforce.core.choices import EnglishLevel, Shift
from workforce.core.text import fold

_SHIFTS = (
    (Shift.TWELVE, r"\b4 ?x ?3\b|\b3 ?x ?4\b|\b12 ?x ?12\b|\b12 ?h(?:r|ora|our)?s?\b"),
    (Shift.WEEKEND, r"fin(?:es)? de semana|\bfinde\b|week ?end|\bsab(?:ado)?s? y dom"),
    (Shift.ROTATING, r"\brol(?:ar|a|ando|es|ado)\b|\brotat|rotativ"),
    (Shift.MIXED, r"\bmixto|\bmixed"),
    (
        Shift.FIRST,
        r"\b1(?:er|ro|ero|st|o|a)?\b|\bprimer|\bfirst|matutin|\bmanana|\bmat\b|\bmorning|\bday\b|\bdia\b|\bdays\b|\bdiurno",
    ),
    (Shift.SECOND, r"\b2(?:do|nd|o|a)?\b|\bsegundo|\bsecond|vespert|\btarde|\bvesp\b|\bafternoon|\bevening"),
    (Shift.THIRD, r"\b3(?:er|ro|ero|rd|o|a)?\b|\btercer|\bthird|nocturn|\bnoche|\bnoct\b|\bnight|graveyard"),
)
_ALL_SHIFTS = re.compile(r"\btodos?\b|\bcualquier|\bany\b|\ball\b|\bdisponibilidad\b")
_CLOCK = re.compile(
    r"\b(\d{1,2})(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.|hrs)?\s*(?:-|a|to|–)\s*\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|hrs)?"
)
NO = re.compile(
    r"^(?:no|n/?a|none|0|-|ninguno|no (?:requerido|necesario|aplica|needed|required)|not (?:needed|required))\.?$"
)
_WISH = re.compile(r"deseable|preferib|preferred|nice to|plus\b|opcional|optional|ventaja")
_ENGLISH = (
    (EnglishLevel.C1, r"avanzad|advanced|fluent|fluido|biling|\b9\d ?%|\b100 ?%|excelente"),
    (EnglishLevel.B2, r"\b[78]\d ?%|\bintermedio.?alto|upper.?inter|\balto\b"),
    (EnglishLevel.B1, r"intermedi|intermediate|conversa|\b[56]\d ?%|\bmedio\b"),
    (EnglishLevel.A2, r"basic|\b[1234]\d ?%|poco|some\b"),
    (EnglishLevel.B1, r"^(?:si|yes|required|requerido|indispensable|x)\.?$"),
)


def first_match(patterns: tuple[tuple[str, str], ...], text: str) -> str | None:
    """Return the value of the first pattern that is found in ``text``."""
    return next((str(value) for value, pattern in patterns if re.search(pattern, text)), None)


def _shift_of_clock(text: str) -> str | None:
    """Name the shift by the hour at which it begins."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    hour = int(found[1]) % 24
    if (found[2] or "").startswith("p") and hour < 12:
        hour += 12
    return Shift.FIRST if 4 <= hour <= 11 else Shift.SECOND if 12 <= hour <= 18 else Shift.THIRD


def read_shifts(cell: str) -> list[str] | None:
    """Return the shifts that a cell names: three for "any", [] for an empty one, None when it says nothing to us."""
    text = re.sub(r"[º°ª]", "o", cell.replace("T1", "1").replace("T2", "2").replace("T3", "3"))
    text = re.sub(r"\b(?:turnos?|shifts?)\b", " ", fold(text))
    if not text.strip(" -"):
        return []
    plain = _CLOCK.sub(" ", text)
    found: list[str] = []
    for shift, pattern in _SHIFTS:
        if re.search(pattern, plain):
            found.append(shift)
            plain = re.sub(pattern, " ", plain)
    if not found and _ALL_SHIFTS.search(plain):
        return [str(shift) for shift in (Shift.FIRST, Shift.SECOND, Shift.THIRD)]
    if not found and (by_clock := _shift_of_clock(text)):
        found = [by_clock]
    return [str(shift) for shift in Shift.values if shift in found] or None


def read_english(cell: str) -> tuple[str, bool]:
    """Return the level of English that a cell asks for ("" for none), and whether it was understood.

    English that is only wished for is no minimum.
    """
    text = fold(cell).strip()
    if not text or NO.match(text) or _WISH.search(text):
        return "", True
    if stated := re.search(r"\b([abc][12])\b", text):
        return stated[1].upper(), True
    level = first_match(_ENGLISH, text)
    return level or "", level is not None
