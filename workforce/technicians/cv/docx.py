"""The text of a DOCX: one line for each paragraph. Runs in the process that ``child`` is: no Django here.

Only the one part that holds the text is unpacked, as a stream of which nothing but the text is kept: no tree is built,
and nothing else in the archive is looked at.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from workforce.technicians.cv.limits import MAX_CHARS, MAX_DEPTH, MAX_ELEMENTS, MAX_PARTS, MAX_XML
from workforce.technicians.cv.unreadable import Unreadable, Why

DOCUMENT = "word/document.xml"
PIECE = 65_536
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
)


def read_docx(data: bytes) -> str:
    """Return the text; raise ``Unreadable`` for what is broken, locked, no DOCX, or would swell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _text(archive)
    except RuntimeError as error:  # what zipfile says of a part under a password
        raise Unreadable(Why.ENCRYPTED) from error
    except BROKEN as error:
        raise Unreadable(Why.BROKEN) from error


def _text(archive: zipfile.ZipFile) -> str:
    parts = {part.filename: part for part in archive.infolist()}
    if len(parts) > MAX_PARTS:
        raise Unreadable(Why.SWELLS)
    if (part := parts.get(DOCUMENT)) is None:
        raise Unreadable(Why.OTHER_ARCHIVE)
    if part.file_size > MAX_XML:
        raise Unreadable(Why.SWELLS)
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _no_doctype
    unpacked = 0
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            unpacked += len(piece)
            if unpacked > MAX_XML:  # whatever the archive claims
                raise Unreadable(Why.SWELLS)
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return "\n".join(reader.lines)


def _no_doctype(*parts: Any) -> None:
    """No word processor writes a document type; it is how small XML swells to gigabytes."""
    raise Unreadable(Why.SWELLS)


class _Reader:
    """Keeps the text of paragraphs. The cells of a row of a table come in one line where each holds one paragraph."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._rows: list[tuple[int, list[int]]] = []  # per open row: first line, and how many lines each cell has
        self._in_text = False
        self._repeated = 0  # open elements of a fallback: it says again what stands before it
        self._depth = self._elements = self._letters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise Unreadable(Why.SWELLS)
        if self._repeated or name == "mc:Fallback":
            self._repeated += 1
            return
        self._in_text = name == "w:t"
        if name in ("w:tab", "w:ptab"):
            self._line.append("\t")
        elif name in ("w:br", "w:cr"):
            self._line.append("\n")
        elif name == "w:numPr":
            self._line.insert(0, "• ")
        elif name == "w:tr":
            self._rows.append((len(self.lines), []))
        elif name == "w:tc" and self._rows:
            self._rows[-1][1].append(len(self.lines))

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._repeated:
            self._repeated -= 1
            return
        self._in_text = False
        if name == "w:p":
            self._end_paragraph()
        elif name == "w:tr" and self._rows:
            self._end_row(*self._rows.pop())

    def characters(self, text: str) -> None:
        """Text goes on."""
        if not self._in_text or self._repeated:
            return
        self._letters += len(text)
        if self._letters > MAX_CHARS:
            raise Unreadable(Why.TOO_LONG)
        self._line.append(text)

    def _end_paragraph(self) -> None:
        text = "".join(self._line)
        self._line = []
        if text.strip() or not self._rows:
            self.lines.append(text)

    def _end_row(self, first: int, begins: list[int]) -> None:
        """Join the cells of a row into one line, unless one of them holds a text of its own."""
        ends = [*begins[1:], len(self.lines)]
        if len(begins) > 1 and all(end - begin <= 1 for begin, end in zip(begins, ends, strict=True)):
            self.lines[first:] = ["\t".join(self.lines[first:])]
