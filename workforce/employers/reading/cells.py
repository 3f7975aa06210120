"""Shifts, dates, English and the like, as people write them in a cell. All return what the model stores."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from workforce.core.text import fold
from workforce.employers.choices import Benefit, Contract
from workforce.imports.cells import NO, first_match

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


def read_benefits(cell: str) -> list[str]:
    """Return the benefits that a cell names; others are left out."""
    text = fold(cell)
    return [str(benefit) for benefit, pattern in _BENEFITS if re.search(pattern, text)]


def read_contract(cell: str) -> str | None:
    """Return the kind of contract, or None when the cell names none that we know."""
    return first_match(_CONTRACTS, fold(cell))


def read_number(cell: str) -> Decimal | None:
    """Return the first number of a cell, with its sign."""
    found = re.search(r"-?\d+(?:[.,]\d+)?", cell)
    return Decimal(found[0].replace(",", ".")) if found else None


def read_yes(cell: str) -> bool | None:
    """Return yes or no, or None for an empty or unclear cell."""
    text = fold(cell).strip(" .")
    if NO.match(text):
        return False
    return True if re.match(r"si\b|yes|x$|1$|true|requer|required|needed|necesari", text) else None
