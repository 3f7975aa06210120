"""What an uploaded document really is: told by its content, never by its name or by what the browser says."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput

MAX_BYTES = 8 * 1024 * 1024
NAME_LENGTH = 80
HEAD, TAIL = 1024, 2048


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken."""

    content_type: str
    suffix: str


PDF = Kind("application/pdf", ".pdf")
JPEG = Kind("image/jpeg", ".jpg")
PNG = Kind("image/png", ".png")


@dataclass(frozen=True)
class Checked:
    """What is known of a file that was let in."""

    kind: Kind
    name: str
    size: int
    sha256: str


def kind_of(head: bytes, tail: bytes) -> Kind | None:
    """Tell the kind by how the file begins and ends; a file that is cut off is none."""
    if head.startswith(b"%PDF-") and b"%%EOF" in tail:
        return PDF
    if head.startswith(b"\xff\xd8\xff") and tail.rstrip(b"\x00\r\n").endswith(b"\xff\xd9"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR" and b"IEND" in tail:
        return PNG
    return None


def safe_name(name: str, suffix: str) -> str:
    """Return a name to show and to save under: no folders, nothing invisible, the ending of what the file is."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(char if unicodedata.category(char)[0] in "LNPSZ" else " " for char in last)
    kept = "".join(" " if char in '<>:"/|?*%;' else char for char in shown)
    stem = " ".join(kept.split()).strip(". ")
    for ending in (".pdf", ".jpg", ".jpeg", ".png"):
        stem = stem[: -len(ending)].rstrip(". ") if stem.lower().endswith(ending) else stem
    return f"{stem[:NAME_LENGTH].strip() or 'document'}{suffix}"


def check_file(upload: Any) -> Checked:
    """Return what an upload is; raises InvalidInput for one that is empty, too big or neither PDF, JPG nor PNG."""
    if upload.size > MAX_BYTES:
        raise InvalidInput("too_big", _("The file is too big: 8 MB at most."), field="file")
    digest, head, tail = hashlib.sha256(), b"", b""
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
        head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
        tail = (tail + chunk)[-TAIL:]
    upload.seek(0)
    kind = kind_of(head, tail)
    if kind is None:
        raise InvalidInput("not_a_document", _("Send a PDF, JPG or PNG file that is whole."), field="file")
    return Checked(kind, safe_name(upload.name or "", kind.suffix), upload.size, digest.hexdigest())
