"""Looks through the archive that an XLSX file is, before anybody builds a tree of it: nothing in it may swell.

openpyxl keeps the elements of a part in memory until a row ends, and all of those outside of rows. So the parts are
first read as a stream, where nothing is kept, and refused when they hold more than any table of ours needs.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from workforce.imports.problems import ImportProblem

MAX_PARTS = 2_000
MAX_UNPACKED = 80_000_000
MAX_STRINGS = 25_000_000  # held in memory as a whole
MAX_OTHER = 10_000_000  # styles and the like: held in memory as objects; only sheets are read as a stream
MAX_IN_A_ROW = 60_000  # elements without the end of a row: a spreadsheet has 16,384 columns
MAX_STRING_ELEMENTS = 1_000_000
MAX_OTHER_ELEMENTS = 100_000
MAX_DEPTH = 60
MAX_TEXT = 1_000_000  # of one element; a spreadsheet's cell holds 32,767
PIECE = 65_536


def no_table() -> ImportProblem:
    """Return the refusal of what is broken."""
    message = _("This file cannot be read as a spreadsheet. Open it, save it anew as XLSX or CSV, and send that file.")
    return ImportProblem("broken_workbook", message)


def encrypted() -> ImportProblem:
    """Return the refusal of what is locked."""
    return ImportProblem(
        "encrypted", _("The file is protected with a password. Save it without one and send it again.")
    )


def _bomb() -> ImportProblem:
    message = _("The file becomes far too large when it is unpacked. Copy only the table into a new file.")
    return ImportProblem("bomb", message)


def look_at_archive(data: bytes) -> None:
    """Refuse what is no workbook, is encrypted, or would be too large once unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise _bomb()
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            message = _("This is an archive, not a spreadsheet. Send the XLSX or CSV file itself.")
            raise ImportProblem("not_a_workbook", message)
        if any(part.flag_bits & 1 for part in parts):
            raise encrypted()
        read = [(part, kind) for part in parts if (kind := _kind(part.filename.lower()))]
        most = {"sheets": MAX_UNPACKED, "strings": MAX_STRINGS, "other": MAX_OTHER}
        if any(sum(part.file_size for part, is_of in read if is_of == kind) > most[kind] for kind in most):
            raise _bomb()
        others = 0
        for part, kind in read:
            seen = _look_at_part(archive, part, kind)
            others += seen if kind == "other" else 0
            if others > MAX_OTHER_ELEMENTS:
                raise _bomb()


def _kind(name: str) -> str:
    """Name how a part is read; "" for one that nobody reads (pictures)."""
    if name.endswith("sharedstrings.xml"):
        return "strings"
    if "worksheets/" in name:
        return "sheets"
    return "other" if name.endswith((".xml", ".rels")) else ""


class _Counter:
    """Counts what a stream of XML holds, and refuses it as soon as that is too much."""

    def __init__(self, most: int, *, by_row: bool) -> None:
        self.most, self.by_row = most, by_row
        self.elements = self.depth = self.text = 0

    def start(self, name: str, attributes: Any) -> None:
        """An element begins."""
        self.elements += 1
        self.depth += 1
        self.text = 0
        if self.elements > self.most or self.depth > MAX_DEPTH:
            raise _bomb()

    def end(self, name: str) -> None:
        """An element ends; the end of a row frees what stood in it."""
        self.depth -= 1
        if self.by_row and name.rpartition(":")[2] == "row":
            self.elements = 0

    def characters(self, text: str) -> None:
        """Text goes on."""
        self.text += len(text)
        if self.text > MAX_TEXT:
            raise _bomb()

    def doctype(self, *parts: Any) -> None:
        """No spreadsheet program writes a document type; it is how small XML swells to gigabytes."""
        raise no_table()


def _look_at_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: str) -> int:
    """Read one part as a stream; return how many elements it holds."""
    most = {"sheets": MAX_IN_A_ROW, "strings": MAX_STRING_ELEMENTS, "other": MAX_OTHER_ELEMENTS}[kind]
    counter = _Counter(most, by_row=kind == "sheets")
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.characters
    parser.StartDoctypeDeclHandler = counter.doctype
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return counter.elements
