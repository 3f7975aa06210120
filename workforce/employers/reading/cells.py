"""Shifts, dates, English and the like, as people write them in a cell. All return what the model stores."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from workforce.core.choices import EnglishLevel, Shift
from workforce.core.text import fold
from workforce.employers.choices import Benefit, Contract

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
_MONTHS = {
    name: number
    for number, names in enumerate(
        ["ene jan", "feb", "mar", "abr apr", "may", "jun", "jul", "ago aug", "sep", "oct", "nov", "dic dec"], start=1
    )
    for name in names.split()
}
_BENEFITS = (
    (Benefit.FOOD_VOUCHERS, r"\bvales?\b|despensa|food vouch|grocery"),
    (Benefit.SAVINGS_FUND, r"fondo|caja de ahorro|savings|401"),
    (Benefit.CANTEEN, r"comedor|cafeteria|canteen|\bcomida|\bmeals?\b"),
    (Benefit.TRANSPORT, r"transporte|\bruta|\bbus\b|shuttle|transportation"),
    (Benefit.SCHOLARSHIPS, r"\bbecas?\b|scholarship|tuition"),
    (Benefit.MEDICAL, r"gastos medicos|\bsgmm\b|medical|health ins"),
    (Benefit.PRODUCTIVITY_BONUS, r"productividad|productivity|production bonus"),
    (Benefit.ATTENDANCE_BONUS, r"asistencia|puntualidad|attendance"),
)
_CONTRACTS = (
    (Contract.TRAINING, r"capacitacion|training"),
    (Contract.TRIAL, r"prueba|trial|probation"),
    (Contract.SEASONAL, r"temporada|seasonal|por obra"),
    (Contract.PERMANENT, r"indeterminad|planta\b|permanen|indefinid|full[ -]?time|tiempo completo|base\b"),
    (Contract.FIXED_TERM, r"determinado|eventual|temporal|temp\b|fixed"),
)
_NO = re.compile(
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


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str | None:
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


def read_date(cell: str, *, month_first: bool, today: date) -> date | None:
    """Return the day that a cell names, None for "at once"; raise ValueError when it is no date.

    Numbers alone are read day first unless ``month_first`` (a day past 12 settles it); without a year it is the next
    such day to come.
    """
    text = fold(cell).strip(" .")
    if not text or re.search(r"inmediat|immediate|asap|a la brevedad|urgente|now\b|permanente|abiert|open", text):
        return None
    if iso := re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if numbers := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?", text):
        first, second = int(numbers[1]), int(numbers[2])
        day, month = (second, first) if (month_first and first <= 12) or second > 12 else (first, second)
        return _dated(day, month, numbers[3], today)
    named = re.search(r"\b([a-z]{3})[a-z]*\b", re.sub(r"\b(?:de|del|al?|of|the|el|hasta|until)\b", " ", text))
    digits = re.findall(r"\d+", text)
    if named and named[1] in _MONTHS and digits:
        year = next((number for number in digits[1:] if len(number) == 4), None)
        return _dated(int(digits[0]), _MONTHS[named[1]], year, today)
    raise ValueError(cell)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year is None:
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    return date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def read_english(cell: str) -> tuple[str, bool]:
    """Return the level of English that a cell asks for ("" for none), and whether it was understood.

    English that is only wished for is no minimum.
    """
    text = fold(cell).strip()
    if not text or _NO.match(text) or _WISH.search(text):
        return "", True
    if stated := re.search(r"\b([abc][12])\b", text):
        return stated[1].upper(), True
    level = _first(_ENGLISH, text)
    return level or "", level is not None


def read_benefits(cell: str) -> list[str]:
    """Return the benefits that a cell names; others are left out."""
    text = fold(cell)
    return [str(benefit) for benefit, pattern in _BENEFITS if re.search(pattern, text)]


def read_contract(cell: str) -> str | None:
    """Return the kind of contract, or None when the cell names none that we know."""
    return _first(_CONTRACTS, fold(cell))


def read_number(cell: str) -> Decimal | None:
    """Return the first number of a cell, with its sign."""
    found = re.search(r"-?\d+(?:[.,]\d+)?", cell)
    return Decimal(found[0].replace(",", ".")) if found else None


def read_yes(cell: str) -> bool | None:
    """Return yes or no, or None for an empty or unclear cell."""
    text = fold(cell).strip(" .")
    if _NO.match(text):
        return False
    return True if re.match(r"si\b|yes|x$|1$|true|requer|required|needed|necesari", text) else None
