"""Hard limits as bit numbers: what a role needs, what a technician has."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from matching.corpus.frame import Frame
from matching.engine.limits import WORD_BITS
from workforce.core.choices import EnglishLevel, Shift

SHIFT_BITS = {code: bit for bit, code in enumerate(Shift.values)}
ENGLISH_BITS = {code: bit for bit, code in enumerate(EnglishLevel.values)}
LAST_WEEK = WORD_BITS - 1


def shifts(codes: Iterable[str], *, none_means_all: bool) -> list[int]:
    """Bits of shifts. A technician who names none takes any; a role that names none asks for none."""
    known = [SHIFT_BITS[code] for code in codes if code in SHIFT_BITS]
    return known or (list(SHIFT_BITS.values()) if none_means_all else [])


def english(level: str, *, cumulative: bool) -> list[int]:
    """A role needs the bit of its level; a technician has that of theirs and all below."""
    bit = ENGLISH_BITS.get(level)
    if bit is None:
        return []
    return list(range(bit + 1)) if cumulative else [bit]


def week(day: datetime.date, today: datetime.date) -> int:
    """Weeks from this one (Monday to Sunday) to that of ``day``: 0 for the past, at most 63."""
    monday = today - datetime.timedelta(days=today.weekday())
    return max(0, min((day - monday).days // 7, LAST_WEEK))


def available(day: datetime.date | None, today: datetime.date) -> list[int]:
    """The weeks in which somebody who is free from ``day`` can start (None: at once)."""
    return list(range(week(day, today) if day else 0, WORD_BITS))


def credentials(ids: Iterable[int], frame: Frame) -> list[int]:
    """Bits of credentials."""
    return [frame.credential_bits[pk] for pk in ids if pk in frame.credential_bits]
