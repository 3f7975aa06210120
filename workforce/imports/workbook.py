"""Tables in XLSX files: bytes in, rows of text out, in bounded time and memory whatever the archive claims."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workforce.imports.archives import encrypted, look_at_archive, no_table
from workforce.imports.problems import ImportProblem

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
MAX_GAP = 100_000  # empty rows that a file may claim in all
# What openpyxl raises on archives and XML that are not as they should be.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, ExpatError, InvalidFileException, EOFError, OSError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, NotImplementedError, RuntimeError),
)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an archive or an older Excel file, whatever the name says."""
    return data.startswith((ZIP, OLE))


def _refuse_old(data: bytes) -> None:
    """Tell a password-protected XLSX (kept in the older container) from an Excel 97-2003 file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise encrypted()
    message = _("This is an Excel 97-2003 file. Save it as XLSX or CSV and send that file.")
    raise ImportProblem("old_excel", message)


def cell_text(value: Any) -> str:
    """Return what a cell says: whole numbers without ".0", days as 2026-12-31, nothing for an error value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip().replace("\x00", "")
    return "" if text in ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!") else text


def read_sheet(data: bytes, max_columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row of the first sheet that holds anything, at most ``max_columns`` + 1.

    Raises ImportProblem for what is no spreadsheet, is encrypted, or is made to swell; also half-way through.
    """
    if data.startswith(OLE):
        _refuse_old(data)
    try:
        look_at_archive(data)
        yield from _rows(data, max_columns)
    except BROKEN as error:
        raise no_table() from error


def _rows(data: bytes, max_columns: int) -> Iterator[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file claims of its size may be false
            empty, found = 0, False
            for number, values in enumerate(sheet.iter_rows(max_col=max_columns + 1, values_only=True), start=1):
                cells = [cell_text(value) for value in values]
                if any(cells):
                    found = True
                    yield number, cells
                else:
                    empty += 1
                if empty > MAX_GAP:
                    raise no_table()
            if found:
                return
    finally:
        book.close()
