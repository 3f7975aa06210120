"""Read the CSV files of a taxonomy, and say file and line when something is wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST_FAULTS = 30  # shown at once


class DataFileError(Exception):
    """A file cannot be used as it is; the message names file and line."""


class Faults:
    """Collects what is wrong in several files, to be shown at once."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, file: str, line: int, what: str) -> None:
        """Note a fault of one line."""
        self._found.append(f"{file}, line {line}: {what}")

    def refuse(self) -> None:
        """Raise DataFileError when there is any fault."""
        if self._found:
            shown = self._found[:MOST_FAULTS]
            more = len(self._found) - len(shown)
            raise DataFileError("\n".join([*shown, *([f"... and {more} more."] if more else [])]))


def read_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, values of ``columns`` stripped of blanks) of a UTF-8 CSV file, row by row.

    Columns that are ``optional`` and not there come as empty texts. Raises DataFileError when the file is missing, is
    no CSV or not UTF-8, lacks a column, or a row has too few values.
    """
    name = path.name
    if not path.is_file():
        raise DataFileError(f"{name} is not in {path.parent}.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if "\x00" in file.read(4096):
                raise DataFileError(f"{name} is not a CSV file.")
            file.seek(0)
            yield from _rows(csv.reader(file, strict=True), name, columns, optional)
    except UnicodeDecodeError as error:
        raise DataFileError(f"{name} is not UTF-8 text (byte {error.start}).") from error
    except OSError as error:
        raise DataFileError(f"{name} cannot be read: {error.strerror}.") from error


def _rows(
    reader: Iterator[list[str]], name: str, columns: Sequence[str], optional: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        header = [column.strip() for column in next(reader, [])]
        missing = [column for column in columns if column not in header]
        if missing:
            raise DataFileError(
                f"{name} lacks the column(s) {', '.join(missing)}; it has {', '.join(header)[:200] or 'none'}."
            )
        places = [(column, header.index(column)) for column in (*columns, *optional) if column in header]
        absent = {column: "" for column in optional if column not in header}
        for values in reader:
            line: int = reader.line_num  # type: ignore[attr-defined]
            if not any(values):
                continue
            if len(values) != len(header):
                raise DataFileError(f"{name}, line {line}: {len(values)} values where the header has {len(header)}.")
            yield line, absent | {column: values[at].strip() for column, at in places}
    except csv.Error as error:
        raise DataFileError(f"{name}, line {reader.line_num}: {error}.") from error  # type: ignore[attr-defined]
