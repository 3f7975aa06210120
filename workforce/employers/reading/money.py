"""Pay as people write it: "$2,450-2,800 semanales + bono 350", "14 mil al mes", "USD 21/hr"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from workforce.core.choices import Currency, PayPeriod
from workforce.core.text import fold

_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*(k\b|mil\b)?")
_NEGATIVE = re.compile(r"^\W*[-\u2212\u2013]\s*\$?\s*\d")
_BONUS = re.compile(r"\+|\bmas\b|\bbonos?\b|\bbonus\b|\bplus\b|\bincentivo|\bpremio")
_NOISE = re.compile(r"\b\d+\s*%|\b\d{1,2}\s*(?:x\s*\d{1,2}|hrs?\b|horas\b|hours\b|dias\b|days\b|meses\b|months\b)")
_PERIODS = (
    ("day", r"\bdiari[oa]s?\b|\b(?:x|por|al|el) dia\b|\bdaily\b|\bper day\b|/ ?dia\b|/ ?day\b"),
    (PayPeriod.HOUR, r"\b(?:x|por|la|per|an?) ?(?:hora|hour|hr)\b|/ ?h(?:r|ora|our)?s?\b|\bhourly\b|\bph\b|\bhr\b"),
    (PayPeriod.FORTNIGHT, r"\bcatorcen|\bbi-?weekly\b|\bevery (?:two|2) weeks\b"),
    (PayPeriod.HALF_MONTH, r"\bquincen|\bqna|\bsemi-?monthly\b"),
    (PayPeriod.WEEK, r"\bsem\b|\bseman|\bweek|\bwkly?\b|/ ?wk\b|\bsmnal"),
    (PayPeriod.MONTH, r"\bmes\b|\bmensual|\bmonth|/ ?mo\b|\bmens\b"),
    (PayPeriod.YEAR, r"\banual|\bano\b|\byear|\byr\b|\bannual|/ ?yr\b"),
)
_DOLLARS = re.compile(r"\busd?\b|\bdlls?\b|\bdlrs?\b|\bdol(?:ares|lars)?\b|\bdollars?\b|\bus ?\$")
HOURLY_BELOW = 200  # dollars
DAILY_BELOW = 700  # pesos: nobody is paid less a week
MONTHLY_FROM = 8_000  # pesos: nobody writes the weekly pay of a plant without saying so


@dataclass(frozen=True)
class Pay:
    """What a cell says; ``guessed`` when the period was not stated."""

    low: Decimal | None = None
    high: Decimal | None = None
    period: str = PayPeriod.WEEK
    currency: str = Currency.MXN
    bonuses: Decimal | None = None
    guessed: bool = False


def _amounts(text: str) -> list[Decimal]:
    found = []
    for digits, thousand in _NUMBER.findall(_NOISE.sub(" ", text)):
        grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:\.\d{1,2})?", digits)
        whole, _point, cents = (
            digits.rpartition(".") if grouped and re.search(r"[.,]\d{3}\.\d{1,2}$", digits) else (digits, "", "")
        )
        plain = re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else "") if grouped else digits
        found.append(Decimal(plain) * (1000 if thousand else 1))
    return found


def _period(text: str) -> str | None:
    return next((str(period) for period, pattern in _PERIODS if re.search(pattern, text)), None)


def _currency(text: str) -> str:
    return Currency.USD if _DOLLARS.search(text) else Currency.MXN


def _guess(amount: Decimal, currency: str) -> str:
    if currency == Currency.USD:
        return PayPeriod.HOUR if amount < HOURLY_BELOW else PayPeriod.WEEK
    if amount < DAILY_BELOW:
        return "day"
    return PayPeriod.MONTH if amount >= MONTHLY_FROM else PayPeriod.WEEK


def _range(amounts: list[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """The first two amounts; "14-16 mil" and "14 a 16k" mean thousands of both."""
    if not amounts:
        return None, None
    low, high = amounts[0], amounts[1] if len(amounts) > 1 else amounts[0]
    if low < 1000 <= high and low * 1000 <= high:
        low *= 1000
    return low, high


def read_pay(cell: str, *, period: str = "", currency: str = "", bonuses: str = "") -> Pay:
    """Read base pay and bonuses of a row; ``period``, ``currency`` and ``bonuses`` are cells of their own, if any.

    No amount ("a tratar", "competitivo") is no pay. A negative amount is returned as it is, for the rules to refuse.
    """
    text = fold(cell).replace("us$", "usd ").replace("$", " ")
    start = _BONUS.search(text)
    base, extra = (text[: start.start()], text[start.start() :]) if start else (text, "")
    low, high = _range(_amounts(base))
    extras = _amounts(f"{extra} {fold(bonuses).replace('$', ' ')}")
    stated = _period(fold(period)) or _period(base) or _period(text)
    money = _currency(f"{fold(currency)} {text}")
    bonus = sum(extras, Decimal(0)) or None
    if low is None:
        return Pay(bonuses=bonus, currency=money, period=stated if stated and stated != "day" else PayPeriod.WEEK)
    if _NEGATIVE.match(text):
        low = high = -low
    kind = stated or _guess(abs(low), money)
    if kind == "day":  # the paid seventh day counts
        low, high, kind = low * 7, (high or low) * 7, PayPeriod.WEEK
    return Pay(low, high, kind, money, bonus, guessed=stated is None)
