"""Tables in XLSX files: bytes in, rows of text out, in bounded time and memory whatever the archive claims."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workforce.imports.problems import ImportProblem

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
MAX_PARTS = 2_000
MAX_UNPACKED = 80_000_000
MAX_STRINGS = 25_000_000  # held in memory as a whole
MAX_OTHER = 10_000_000  # styles and the like: held in memory as objects; only sheets are read as a stream
MAX_GAP = 100_000  # empty rows that a file may claim in all
# What openpyxl raises on archives and XML that are not as they should be.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, EOFError, OSError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, NotImplementedError, RuntimeError),
)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an archive or an older Excel file, whatever the name says."""
    return data.startswith((ZIP, OLE))


def _no_table() -> ImportProblem:
    message = _("This file cannot be read as a spreadsheet. Open it, save it anew as XLSX or CSV, and send that file.")
    return ImportProblem("broken_workbook", message)


def _encrypted() -> ImportProblem:
    return ImportProblem(
        "encrypted", _("The file is protected with a password. Save it without one and send it again.")
    )


def _refuse_old(data: bytes) -> None:
    """Tell a password-protected XLSX (kept in the older container) from an Excel 97-2003 file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    message = _("This is an Excel 97-2003 file. Save it as XLSX or CSV and send that file.")
    raise ImportProblem("old_excel", message)


def _look_at_archive(data: bytes) -> None:
    """Refuse, by the archive's own list, what would be too large once unpacked; reading never goes past that list."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                message = _("This is an archive, not a spreadsheet. Send the XLSX or CSV file itself.")
                raise ImportProblem("not_a_workbook", message)
            if any(part.flag_bits & 1 for part in parts):
                raise _encrypted()
            _refuse_bomb(parts)
            _refuse_entities(archive, parts)
    except BROKEN as error:
        raise _no_table() from error


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    sizes = {"sheets": 0, "strings": 0, "other": 0}
    for part in parts:
        name = part.filename.lower()
        kind = "strings" if name.endswith("sharedstrings.xml") else "sheets" if "worksheets/" in name else "other"
        sizes[kind] += part.file_size if kind != "other" or name.endswith((".xml", ".rels")) else 0
    large = sizes["sheets"] > MAX_UNPACKED or sizes["strings"] > MAX_STRINGS or sizes["other"] > MAX_OTHER
    if large or len(parts) > MAX_PARTS:
        message = _("The file becomes far too large when it is unpacked. Copy only the table into a new file.")
        raise ImportProblem("bomb", message)


def _refuse_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No spreadsheet program writes a document type; it is how small XML swells to gigabytes."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                start = file.read(2_048).replace(b"\x00", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise _no_table()


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
    _look_at_archive(data)
    try:
        yield from _rows(data, max_columns)
    except BROKEN as error:
        raise _no_table() from error


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
                    raise _no_table()
            if found:
                return
    finally:
        book.close()
