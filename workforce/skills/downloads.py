"""The taxonomy as CSV, for anybody: what is in use, in both languages."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any

from workforce.skills.models import Credential, Occupation, Skill

CHUNK = 2_000
BOM = "\ufeff"  # spreadsheets take a file without it for another encoding and spoil the accents
# A cell that begins so is run as a formula by spreadsheets; an apostrophe keeps it text.
RISKY = ("=", "+", "-", "@", "\t", "\r")

COLUMNS: dict[str, tuple[str, ...]] = {
    "skills": (
        *("code", "category__code", "broader__code", "label_es", "label_en", "description_es", "description_en"),
        *("esco_uri", "source"),
    ),
    "occupations": (
        *("code", "title_es", "title_en", "description_es", "description_en"),
        *("isco", "sinco", "soc", "level", "esco_uri", "source"),
    ),
    "credentials": (
        *("code", "name_es", "name_en", "description_es", "description_en", "kind", "issuer", "valid_months"),
    ),
}
ROWS: dict[str, Callable[[], Any]] = {
    "skills": Skill.objects.active,
    "occupations": Occupation.objects.active,
    "credentials": Credential.objects.active,
}


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(kind: str) -> Iterator[str]:
    """Yield the lines of one kind (a key of ``COLUMNS``), header first, by code; memory does not grow with the rows."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BOM + writer.writerow([column.replace("__code", "") for column in COLUMNS[kind]])
    rows = ROWS[kind]().order_by("code").values_list(*COLUMNS[kind])
    for row in rows.iterator(chunk_size=CHUNK):
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text
