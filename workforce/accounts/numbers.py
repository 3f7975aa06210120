"""Telephone numbers as people type them, in E.164. Mexico and the United States are known; others begin with a plus."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Country
from workforce.core.errors import InvalidInput

MEXICAN = re.compile(r"[2-9]\d{9}")
AMERICAN = re.compile(r"[2-9]\d{2}[2-9]\d{6}")
ELSEWHERE = re.compile(r"[2-9]\d{7,14}")  # country codes begin with 2-9; 1 is North America
SEPARATORS = re.compile(r"[\s().\-/‐-―]+")
LONG = 40
# +1 numbers of islands that bill like far countries, and lines with a fee: the usual goal of those who farm codes.
NOT_AMERICAN = frozenset(
    "242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876 900".split()
)


def normalize(text: str, *, country: str = Country.MX) -> str:
    """Return the number as E.164; ten digits alone are taken for ``country``. Raises InvalidInput."""
    plain = SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:LONG]))
    if plain.startswith("+"):
        return _international(plain[1:])
    if not plain.isascii() or not plain.isdigit():
        raise _bad()
    for prefix in ("00", "011"):  # how Mexico and the United States dial abroad
        if plain.startswith(prefix):
            return _international(plain[len(prefix) :])
    for prefix in ("044", "045", "01"):  # how mobile and far numbers were dialled in Mexico until 2019
        if plain.startswith(prefix) and len(plain) == len(prefix) + 10:
            return _mexican(plain[len(prefix) :])
    if len(plain) == 10:
        return _american(plain) if country == Country.US else _mexican(plain)
    if (len(plain), plain[:1]) == (11, "1") or (len(plain) in (12, 13) and plain.startswith("52")):
        return _international(plain)
    raise _bad()


def spaced(e164: str) -> str:
    """Return the number in groups that people can read: +52 656 123 4567."""
    for code in ("52", "1"):
        rest = e164.removeprefix(f"+{code}")
        if rest != e164 and len(rest) == 10:
            return f"+{code} {rest[:3]} {rest[3:6]} {rest[6:]}"
    return e164


def _international(digits: str) -> str:
    if not digits.isascii() or not digits.isdigit():
        raise _bad()
    if digits.startswith("52"):
        rest = digits[2:]
        # +52 1 ... was the mobile form until 2019, and is what some phones still keep.
        return _mexican(rest[1:] if len(rest) == 11 and rest.startswith("1") else rest)
    if digits.startswith("1"):
        return _american(digits[1:])
    if not ELSEWHERE.fullmatch(digits):
        raise _bad()
    return f"+{digits}"


def _mexican(digits: str) -> str:
    if not MEXICAN.fullmatch(digits):
        raise _bad()
    return f"+52{digits}"


def _american(digits: str) -> str:
    if not AMERICAN.fullmatch(digits) or digits[:3] in NOT_AMERICAN:
        raise _bad()
    return f"+1{digits}"


def _bad() -> InvalidInput:
    text = _("That is not a phone number that we can use. Write its 10 digits, for example 656 123 4567.")
    return InvalidInput("bad_phone", text, field="phone")
