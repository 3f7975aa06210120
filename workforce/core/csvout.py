"""CSV that people open in a spreadsheet: accents stay, and no cell runs as a formula. Every download uses this."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

BOM = "\ufeff"  # spreadsheets take a file without it for another encoding and spoil the accents
# A cell that begins so is run as a formula by spreadsheets, some after leaving out blanks; an apostrophe keeps it text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: Any) -> str:
    """Return ``value`` as text that no spreadsheet runs; numbers stay numbers."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float | Decimal):
        return text
    return f"'{text}" if text.startswith(RISKY) or text.lstrip().startswith(RISKY) else text


def csv_lines(heading: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a file, heading first; in constant memory, whatever the number of ``rows``."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BOM + writer.writerow([safe_cell(value) for value in heading])
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])
