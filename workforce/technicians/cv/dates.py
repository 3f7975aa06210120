"""Periods and days in running text, of both languages: "Marzo 2019 - Actual", "06/2020 – Present", "2013 a 2015"."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_MONTHS = "ene jan|feb|mar|abr apr|may|jun|jul|ago aug|sep set|oct|nov|dic dec"
MONTHS = {name: n for n, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()}
_MONTH = (
    r"(?:ene(?:ro)?|jan(?:uary)?|feb(?:rero|ruary)?|mar(?:zo|ch)?|abr(?:il)?|apr(?:il)?|mayo?|jun(?:io|e)?|jul(?:io|y)?"
    r"|ago(?:sto)?|aug(?:ust)?|sep(?:t|tiembre|tember)?|set(?:iembre)?|oct(?:ubre|ober)?|nov(?:iembre|ember)?"
    r"|dic(?:iembre)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_NAMED = rf"(?:(?:\d{{1,2}}\s+(?:de\s+)?)?{_MONTH}[\s,/-]*(?:(?:de|del)\s+)?{_YEAR})"
_NUMBERS = rf"(?:(?:\d{{1,2}}[/.-])?\d{{1,2}}[/.-]{_YEAR}|{_YEAR}[/.-]\d{{1,2}}(?:[/.-]\d{{1,2}})?(?!\d))"
_MOMENT = rf"(?:{_NAMED}|{_NUMBERS}|{_YEAR})"
_NOW = (
    r"(?:(?:la\s+)?actual(?:idad|mente)?|(?:el\s+)?presente|(?:a\s+)?la\s+fecha|hoy|present|current(?:ly)?|now|today"
    r"|(?:to\s+)?date)\b"
)
_TO = r"\s*(?:-|–|—|\ba\b|\bal\b|\bhasta\b|\bto\b|\buntil\b|\bthrough\b)\s*(?:\b(?:el|la)\s+)?"
_PERIOD = re.compile(
    rf"(?<![\d/])(?:(?P<start>{_MOMENT})|(?P<month>{_MONTH})){_TO}(?:(?P<end>{_MOMENT})|(?P<now>{_NOW}))(?!\d)"
)
_SINCE = re.compile(rf"\b(?:desde|since|from)\s+(?:el\s+)?(?P<start>{_MOMENT})(?!\d)")
_ONE = re.compile(rf"(?<![\d/])(?:{_NAMED}|{_NUMBERS})(?!\d)")
_FOUR = re.compile(_YEAR)
_MOST_MONTHS = 12


@dataclass(frozen=True)
class Period:
    """From when until when; ``end`` None is today. ``span`` is where the text says so."""

    start: date
    end: date | None
    span: tuple[int, int]


def flat(text: str) -> str:
    """Return ``text`` in lower case without accents, letter for letter, so that places stay the same."""
    return "".join((unicodedata.normalize("NFD", char)[0].lower() or char)[0] for char in text)


def find_period(text: str, today: date) -> Period | None:
    """Return the first period that ``text`` states, or None; what lies ahead ends today."""
    plain = flat(text)
    if found := _PERIOD.search(plain):
        end = None if found["now"] else _moment(found["end"], last=True)
        if found["start"]:
            start = _moment(found["start"])
        else:  # "enero - marzo 2019"
            start = _moment(f"{found['month']} {(end or today).year}")
        if not found["now"] and end is None:
            return None
        return _checked(start, end, found.span(), today)
    if found := _SINCE.search(plain):
        return _checked(_moment(found["start"]), None, found.span(), today)
    return None


def find_day(text: str, today: date, *, month_first: bool = False) -> date | None:
    """Return the first day or month (as its first day) that ``text`` states and that has come; a mere year is none."""
    for found in _ONE.finditer(flat(text)):
        day = _moment(found[0], month_first=month_first)
        if day is not None and day <= today:
            return day
    return None


def _checked(start: date | None, end: date | None, span: tuple[int, int], today: date) -> Period | None:
    if start is None or start > today or (end is not None and end < start):
        return None
    return Period(start, None if end is None or end > today else end, span)


def _moment(text: str, *, last: bool = False, month_first: bool = False) -> date | None:
    """Return a moment as a day: the first one of what is meant, or the last one; None for what is no date."""
    years = _FOUR.search(text)
    if years is None:
        return None
    year = int(years[0])
    rest = text[: years.start()] + " " + text[years.end() :]
    named = re.search(r"[a-z]{3}", rest)
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    if named:
        month: int | None = MONTHS.get(named[0])
        day = numbers[0] if numbers else None
    elif not numbers:
        month, day = None, None
    elif len(numbers) == 1:
        month, day = numbers[0], None
    else:
        day, month = numbers[0], numbers[1]
        if text.startswith(years[0]) or month > _MOST_MONTHS or (month_first and day <= _MOST_MONTHS):
            day, month = month, day
    return _day(year, month, day, last=last)


def _day(year: int, month: int | None, day: int | None, *, last: bool) -> date | None:
    month = month if month is not None else (_MOST_MONTHS if last else 1)
    if not 1 <= month <= _MOST_MONTHS:
        return None
    most = calendar.monthrange(year, month)[1]
    day = day if day is not None else (most if last else 1)
    return date(year, month, day) if 1 <= day <= most else None
