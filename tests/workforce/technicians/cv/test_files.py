"""A file becomes text, or a reason why not, in bounded time and memory."""

from __future__ import annotations

import io
import resource
import sys
import time
import zipfile

import pytest

from tests.workforce.technicians.cv import files
from tests.workforce.technicians.cv.samples import MAINTENANCE
from workforce.technicians.cv import limits, sandbox
from workforce.technicians.cv.sandbox import read_text
from workforce.technicians.cv.unreadable import Unreadable, Why

SECONDS = 30  # of the processor, far above what any of them takes: the limit itself is CPU_SECONDS
BODY = "Técnico de mantenimiento industrial con ocho años de experiencia.\n"


def why_not(data: bytes) -> Why:
    """Read what cannot be read; return the reason."""
    with pytest.raises(Unreadable) as refused:
        read_text(data)
    return refused.value.why


@pytest.mark.parametrize("data", [files.pdf(MAINTENANCE), files.docx(MAINTENANCE)], ids=["pdf", "docx"])
def test_a_cv_is_read_with_accents_and_in_its_lines(data: bytes) -> None:
    lines = read_text(data).split("\n")
    assert lines[1] == "Técnico de mantenimiento industrial"
    assert "Marzo 2019 - Actual" in lines
    assert "• Instalaciones eléctricas industriales." in lines
    assert "Ing. Prueba Ficticia, gerente de soldadura TIG, 656 111 1111" in lines


def test_both_formats_say_the_same() -> None:
    lines = [list(filter(None, read_text(one(MAINTENANCE)).split("\n"))) for one in (files.pdf, files.docx)]
    assert lines[0] == lines[1]


def test_a_file_that_only_forbids_printing_is_read() -> None:
    assert "Ramiro" in read_text(files.locked_pdf(MAINTENANCE, ""))


def test_rows_of_a_table_come_in_one_line_and_columns_of_text_do_not() -> None:
    rows = files.table([["2019 - 2022", "Operador de montacargas"], ["Perfil\nTécnico", BODY]])
    lines = read_text(files.docx(BODY, rows)).split("\n")
    assert "2019 - 2022\tOperador de montacargas" in lines
    assert lines[-3:-1] == ["Perfil", "Técnico"]


def test_what_a_fallback_repeats_is_read_once() -> None:
    run = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>una vez</w:t></mc:Choice><mc:Fallback><w:t>una vez</w:t>"
    text = read_text(files.docx(BODY, f"{run}</mc:Fallback></mc:AlternateContent></w:r></w:p>"))
    assert text.count("una vez") == 1


def test_lines_that_a_page_wrapped_are_joined_again() -> None:
    wrapped = "Mantenimiento preventivo a prensas de inyección de plástico y a sus\nperiféricos en dos turnos."
    assert "y a sus periféricos en dos turnos." in read_text(files.pdf(wrapped))


def test_a_scan_says_that_there_is_no_text() -> None:
    assert why_not(files.scan()) == Why.NO_TEXT
    assert why_not(files.docx("")) == Why.NO_TEXT


def test_a_password_is_said_to_be_one() -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    )
    assert why_not(files.locked_pdf(MAINTENANCE, "secreta")) == Why.ENCRYPTED
    assert why_not(locked) == Why.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xd8\xff\xe0" + b"\x00" * 200, Why.PICTURE),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, Why.PICTURE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Why.OLD_WORD),
        (b"{\\rtf1\\ansi Ramiro}", Why.OTHER_TEXT),
        (MAINTENANCE.encode(), Why.OTHER_TEXT),
        (b"MZ\x90\x00\x03" + b"\x00" * 200, Why.UNKNOWN),
        (b"", Why.UNKNOWN),
    ],
)
def test_what_is_no_cv_says_what_it_is(data: bytes, why: Why) -> None:
    assert why_not(data) == why


def test_another_archive_is_no_docx() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert why_not(out.getvalue()) == Why.OTHER_ARCHIVE


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n" + b"\x00garbage" * 40,
        files.pdf(MAINTENANCE)[:400],
        files.docx(MAINTENANCE)[:-200],
        files.docx_of("<w:p><w:r><w:t>abierto"),
    ],
    ids=["no objects", "half a pdf", "half a docx", "half the xml"],
)
def test_a_broken_file_is_said_to_be_broken(data: bytes) -> None:
    assert why_not(data) == Why.BROKEN


def test_a_book_is_too_long() -> None:
    assert why_not(files.pdf(MAINTENANCE, pages=500)) == Why.TOO_LONG
    assert why_not(files.docx(BODY * 2_000)) == Why.TOO_LONG


def _bombs() -> dict[str, bytes]:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    laughs = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">{entities}]><d>&j;</d>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", laughs)
    spaces = b" " * 200_000_000
    return {
        "zip": files.docx_of("<w:p/>" + " " * 60_000_000),
        "elements": files.docx_of("<w:p/>" * 700_000),
        "depth": files.docx_of("<w:p>" * 1_000 + "</w:p>" * 1_000),
        "entities": out.getvalue(),
        "pdf": files.pdf_of([spaces], squeezed=True),
    }


@pytest.mark.slow
def test_bombs_do_no_harm() -> None:
    for name, data in _bombs().items():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.process_time()
        why = why_not(data)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert why in (Why.SWELLS, Why.TOO_HEAVY), name
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert spent + time.process_time() - started < SECONDS, name


def test_memory_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CHILD", "tests.workforce.technicians.cv.greedy")
    assert why_not(b"memory") == Why.TOO_HEAVY


def test_time_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CHILD", "tests.workforce.technicians.cv.greedy")
    monkeypatch.setattr(limits, "WALL_SECONDS", 1.0)
    assert why_not(b"time") == Why.TOO_HEAVY


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not-for-children")
    monkeypatch.setattr(sandbox, "CHILD", "tests.workforce.technicians.cv.greedy")
    assert "SECRET" not in read_text(b"environment")
    assert "django" in sys.modules
    assert "django" not in read_text(b"modules")
