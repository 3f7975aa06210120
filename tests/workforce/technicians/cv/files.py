"""Makes PDF and DOCX files for tests, by hand: what a CV of an invented person looks like to a reader of files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter

LINES_A_PAGE = 48
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def pdf(text: str, pages: int = 0) -> bytes:
    """A PDF with ``text`` on as many pages as it needs, or the same text on each of ``pages``."""
    lines = text.split("\n")
    sheets = [lines[:LINES_A_PAGE]] * pages or [
        lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)
    ]
    streams = []
    for sheet in sheets:
        shown = "".join(f"({_string(line)}) Tj T*\n" for line in sheet)
        streams.append(f"BT /F1 10 Tf 50 800 Td 14 TL\n{shown}ET".encode("cp1252"))
    return pdf_of(streams)


def pdf_of(streams: Sequence[bytes], *, squeezed: bool = False) -> bytes:
    """A PDF with one page for each content stream."""
    count = len(streams)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        packed = zlib.compress(stream, 9) if squeezed else stream
        more = " /Filter /FlateDecode" if squeezed else ""
        objects.append(f"<< /Length {len(packed)}{more} >>\nstream\n".encode() + packed + b"\nendstream")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def locked_pdf(text: str, password: str) -> bytes:
    """A PDF that opens with a password; an empty one only forbids to print."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt(user_password=password, owner_password="de-otra-persona", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan() -> bytes:
    """A PDF of one page with a picture and no letter, as a photo of a paper makes it."""
    return pdf_of([b"q 500 0 0 700 50 50 cm 0.8 g 0 0 1 1 re f Q"])


def docx(text: str, more: str = "") -> bytes:
    """A DOCX with one paragraph for each line; ``•`` at its beginning makes it an item of a list."""
    return docx_of("".join(_paragraph(line) for line in text.split("\n")) + more)


def docx_of(body: str, **parts: str) -> bytes:
    """A DOCX with this XML as its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document(body))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def document(body: str) -> str:
    """The XML of a text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{WORD}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """The XML of a table; several paragraphs in a cell stand in lines."""
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{''.join(_paragraph(line) for line in cell.split(chr(10)))}</w:tc>" for cell in row)
            + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def _paragraph(line: str) -> str:
    bullet = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' if line.startswith("• ") else ""
    runs = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.removeprefix("• ").split("\t")
    )
    return f"<w:p>{bullet}<w:r>{runs}</w:r></w:p>"


def _string(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
