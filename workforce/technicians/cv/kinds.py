"""What a file is, by its first bytes: names and types that a sender states may be false."""

from __future__ import annotations

from enum import StrEnum

from workforce.technicians.cv.unreadable import Unreadable, Why

PDF_WITHIN = 1_024  # bytes: some programs write a line before the heading of a PDF
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97-2003, and a DOCX under a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
TEXTS = (b"{\\rtf", b"<!doctype", b"<html", b"<?xml")


class FileKind(StrEnum):
    """What can be read."""

    PDF = "pdf"
    DOCX = "docx"


def kind_of(data: bytes) -> FileKind:
    """Return what ``data`` is; raise ``Unreadable`` with what it is instead of a PDF or a DOCX."""
    head = data[:PDF_WITHIN]
    if b"%PDF-" in head:
        return FileKind.PDF
    if head.startswith(ZIP):
        return FileKind.DOCX
    if head.startswith(OLE):
        raise Unreadable(Why.ENCRYPTED if LOCKED in data else Why.OLD_WORD)
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in HEIC:
        raise Unreadable(Why.PICTURE)
    if head.lstrip().lower().startswith(TEXTS) or _is_text(head):
        raise Unreadable(Why.OTHER_TEXT)
    raise Unreadable(Why.UNKNOWN)


def _is_text(head: bytes) -> bool:
    """Whether the beginning is plain text: nothing in it but letters, spaces and line ends."""
    if not head or any(byte < 9 or 13 < byte < 32 for byte in head):
        return False
    try:
        head[: len(head) - 4].decode("utf-8")  # the last letter may be cut
    except UnicodeDecodeError:
        return False
    return True
