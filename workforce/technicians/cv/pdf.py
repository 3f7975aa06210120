"""The text of a PDF, page by page. Runs in the process that ``child`` is: no Django here."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from workforce.technicians.cv.limits import MAX_CHARS, MAX_PAGES
from workforce.technicians.cv.unreadable import Unreadable, Why

# What pypdf raises on files that are not as they should be, its own errors apart.
BROKEN = (
    *(PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError),
    *(ZeroDivisionError, UnicodeError, NotImplementedError, OSError, EOFError, RuntimeError),
)


def read_pdf(data: bytes) -> str:
    """Return the text of all pages, a form feed between them; raise ``Unreadable`` for what cannot be read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity of every file
    try:
        return "\f".join(_pages(data))
    except Unreadable:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise Unreadable(Why.ENCRYPTED) from error
    except LimitReachedError as error:
        raise Unreadable(Why.SWELLS) from error
    except BROKEN as error:
        raise Unreadable(Why.BROKEN) from error


def _pages(data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):  # many files only forbid printing, and open without a password
        raise Unreadable(Why.ENCRYPTED)
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable(Why.TOO_LONG)
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > MAX_CHARS:
            raise Unreadable(Why.TOO_LONG)
    return pages
