"""One way to read a table that somebody sent: bytes in, rows of text out, whatever encoding and separator it has."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _

from workforce.imports.problems import ImportProblem
from workforce.imports.workbook import is_workbook, read_sheet

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
MAX_ROWS = 20_000
MAX_CELL = 20_000
DELIMITERS = ",;\t|"
SAMPLE = 64_000
# Beginnings of files that are no text, whatever their name says.
MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
    b"<html": "HTML",
    b"<!doctype": "HTML",
    b"<?xml": "XML",
}
# What no text holds: control characters other than tab and line ends.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Row:
    """One row: the line of the file on which it ends (the heading is line 1), and its cells without outer spaces."""

    line: int
    cells: list[str]
    problem: ImportProblem | None = None


@dataclass(frozen=True)
class Table:
    """A readable file: its headings, its rows (read while they are asked for) and how it was written."""

    headings: list[str]
    rows: Iterator[Row]
    encoding: str  # "xlsx" for a spreadsheet
    delimiter: str


def _refuse_size(data: bytes) -> None:
    if not data.strip():
        raise ImportProblem("empty", _("The file is empty."))
    if len(data) > MAX_BYTES:
        raise ImportProblem("too_big", _("The file is larger than 5 MB. Split it into smaller files."))


def _refuse_what_is_no_text(data: bytes) -> None:
    start = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, kind in MAGIC.items():
        if start.startswith(magic.lower()):
            message = _(
                "This is a %(kind)s file, not a table. In your spreadsheet choose “Save as” XLSX or CSV and send that."
            )
            raise ImportProblem("not_csv", message, params={"kind": kind})


def _looks_like_utf16(data: bytes) -> str | None:
    """Name the byte order of UTF-16 without a mark: half of the bytes of western text are zero."""
    sample = data[:2000]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    half = len(sample) // 2
    if half and zeros[1] > half * 0.7 and not zeros[0]:
        return "utf-16-le"
    if half and zeros[0] > half * 0.7 and not zeros[1]:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    """Choose among the encodings that spreadsheets of the region write when the text is not UTF-8."""
    best = from_bytes(data[:SAMPLE], cp_isolation=["cp1252", "latin_1", "mac_roman", "cp850"]).best()
    return best.encoding if best is not None else "cp1252"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` and the name of its encoding; raise ImportProblem when it is no text."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), None) or _looks_like_utf16(data)
    for name in [encoding] if encoding else ["utf-8", _guess(data), "latin-1"]:
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        if CONTROL.search(text):
            break
        return text.removeprefix("\ufeff"), name
    raise ImportProblem("not_text", _("The file is not text: it holds bytes that no CSV has."))


def find_delimiter(text: str) -> str:
    """Return the separator that splits the heading and the first rows most evenly; a comma when there is none."""
    lines = [line for line in text[:SAMPLE].splitlines() if line.strip()][:20]

    def evenness(mark: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        heading = lines[0].count(mark) if lines else 0
        return (0, 0) if width < 2 or not heading else (heading, count)

    return max(DELIMITERS, key=evenness)


def _read(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows that hold anything; one that cannot be read carries its problem, and reading goes on after it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        problem = None
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            message = _("This row cannot be read: a quotation mark is open, or a cell is too long.")
            cells, problem = [], ImportProblem("broken_row", message, row=reader.line_num)
        if problem or any(cells):
            yield Row(reader.line_num, cells, problem)


def _fit(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Make every row as wide as the headings; raise ImportProblem past the last row that is allowed."""
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS:
            message = _("The file has more than 20,000 rows. Split it into smaller files.")
            raise ImportProblem("too_many_rows", message, row=row.line)
        problem = row.problem
        if any(row.cells[width:]):
            message = _("This row has more cells than there are headings: is there a separator inside a text?")
            problem = ImportProblem("too_many_cells", message, row=row.line)
        elif any(len(cell) > MAX_CELL for cell in row.cells):
            problem = ImportProblem("cell_too_long", _("A cell of this row is far too long."), row=row.line)
        yield Row(row.line, row.cells[:width] + [""] * (width - len(row.cells)), problem)


def _read_text(data: bytes) -> tuple[Iterator[Row], str, str]:
    """Return rows, encoding and separator of a file of separated values."""
    _refuse_what_is_no_text(data)
    text, encoding = decode(data)
    delimiter = find_delimiter(text)
    return _read(text, delimiter), encoding, delimiter


def read_table(data: bytes) -> Table:
    """Read a file of separated values, or the first sheet with content of an XLSX file (told by content, not by name).

    UTF-8 with or without mark, UTF-16 and western 8-bit encodings are told apart; so are comma, semicolon, tab, bar.
    Raises ImportProblem when the file is empty, larger than ``MAX_BYTES``, no table, or has no heading.
    """
    _refuse_size(data)
    rows: Iterator[Row]
    if is_workbook(data):
        rows, encoding, delimiter = (Row(*found) for found in read_sheet(data, MAX_COLUMNS)), "xlsx", ""
    else:
        rows, encoding, delimiter = _read_text(data)
    first = next(rows, None)
    if first is None:
        raise ImportProblem("empty", _("The file is empty."))
    if first.problem:
        raise first.problem
    headings = first.cells
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise ImportProblem("too_many_columns", _("The file has more than 100 columns."))
    return Table(headings, _fit(rows, len(headings)), encoding, delimiter)
