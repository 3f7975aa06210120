"""XLSX files: read as CSV is, and refused in good time when they are made to do harm."""

from __future__ import annotations

import csv
import datetime
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import MAX_ROWS, read_table

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\x85\u2028"), max_size=12
)


def workbook(*rows: list[object]) -> bytes:
    """Return an XLSX file with these rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hoja")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, part: str, content: bytes) -> bytes:
    """Return the archive with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, content)
    return out.getvalue()


def code_of(data: bytes) -> str:
    """Return the code with which a file is refused; reads all of its rows."""
    with pytest.raises(ImportProblem) as refused:
        list(read_table(data).rows)
    assert str(refused.value)
    return refused.value.code


def test_cells_say_what_people_see() -> None:
    day = datetime.datetime(2026, 12, 31)  # noqa: DTZ001  a cell has no zone
    table = read_table(workbook(["a", "b", "c", "d", None], [6561234567, 2.5, day, None], [None], [" x ", "#N/A", 1.0]))
    assert table.headings == ["a", "b", "c", "d"]
    assert table.encoding == "xlsx"
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ["6561234567", "2.5", "2026-12-31", ""]),
        (4, ["x", "", "1", ""]),
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_table_reads_the_same_from_csv_and_from_xlsx(rows: list[list[str]]) -> None:
    heading = ["uno", "dos", "tres"]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([heading, *rows])
    from_csv = [row.cells for row in read_table(text.getvalue().encode()).rows]
    from_xlsx = [row.cells for row in read_table(workbook(heading, *rows)).rows]
    spoken = [row for row in ([cell.strip() for cell in row] for row in rows) if any(row)]
    assert from_xlsx == spoken
    assert from_csv == spoken


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"a,b\n"]))
def test_whatever_bytes_come_they_are_rows_or_a_problem(data: bytes, start: bytes) -> None:
    try:
        rows = list(read_table(start + data).rows)
    except ImportProblem as problem:
        rows = []
        told = str(problem)
    else:
        told = "rows"
    assert told
    assert all(isinstance(cell, str) for row in rows for cell in row.cells)


def test_a_cut_file_is_refused() -> None:
    data = workbook(["a"], *[[f"fila {n}"] for n in range(500)])
    assert {code_of(data[:size]) for size in (30, 200, len(data) // 2, len(data) - 10)} == {"broken_workbook"}


def test_protected_files_are_told_from_old_ones() -> None:
    assert code_of(b"\xd0\xcf\x11\xe0" + b"x" * 50 + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert code_of(b"\xd0\xcf\x11\xe0" + b"x" * 50) == "old_excel"


def test_an_archive_that_swells_is_refused_before_it_is_unpacked() -> None:
    plain = workbook(["a"], ["1"])
    assert code_of(rewritten(plain, "xl/sharedStrings.xml", b" " * 30_000_000)) == "bomb"
    assert code_of(rewritten(plain, "xl/worksheets/sheet1.xml", b" " * 81_000_000)) == "bomb"
    assert code_of(rewritten(plain, "xl/styles.xml", b" " * 11_000_000)) == "bomb"


def test_a_part_that_holds_more_than_the_archive_says_is_not_read_on() -> None:
    data = bytearray(rewritten(workbook(["a"], ["1"]), "xl/worksheets/sheet1.xml", b"<a>" + b" " * 500_000 + b"</a>"))
    size = (500_007).to_bytes(4, "little")
    assert data.count(size) == 2
    assert code_of(bytes(data.replace(size, (1_000).to_bytes(4, "little")))) == "broken_workbook"


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert code_of(rewritten(workbook(["a"], ["1"]), "xl/worksheets/sheet1.xml", bomb)) == "broken_workbook"


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
CELL = '<c t="inlineStr"><is><t>a</t></is></c>'


def with_part(part: str, text: str) -> bytes:
    """Return a small workbook in which one part is this."""
    return rewritten(workbook(["a"], ["1"]), part, text.encode())


@pytest.mark.parametrize(
    ("part", "text"),
    [
        pytest.param(
            "xl/worksheets/sheet1.xml",
            SHEET.format(f'<sheetData><row r="1">{CELL * 1_000_000}</row></sheetData>'),
            id="a million columns",
        ),
        pytest.param("xl/worksheets/sheet1.xml", SHEET.format("<x/>" * 2_000_000), id="elements outside of rows"),
        pytest.param("xl/worksheets/sheet1.xml", SHEET.format("<x>" * 500 + "</x>" * 500), id="deep"),
        pytest.param("xl/worksheets/sheet1.xml", SHEET.format("x" * 2_000_000), id="one long text"),
        pytest.param("xl/sharedStrings.xml", "<sst>" + "<si/>" * 2_000_000 + "</sst>", id="strings"),
        pytest.param("xl/styles.xml", "<styleSheet>" + "<xf/>" * 1_000_000 + "</styleSheet>", id="styles"),
    ],
)
def test_what_would_fill_the_memory_is_refused_and_does_not(part: str, text: str) -> None:
    data = with_part(part, text)
    assert len(data) < 1_000_000
    tracemalloc.start()
    try:
        assert code_of(data) == "bomb"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_million_columns_of_text_are_refused_in_bounded_memory() -> None:
    data = b",".join([b"a"] * 1_000_000) + b"\n1\n"
    tracemalloc.start()
    try:
        assert code_of(data) == "too_many_columns"
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_entities_behind_a_long_comment_are_refused_too() -> None:
    text = f"<!--{'x' * 5_000}--><!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>"
    assert code_of(with_part("xl/worksheets/sheet1.xml", text)) == "broken_workbook"


def test_a_formula_says_what_it_came_to_and_is_never_run() -> None:
    cell = '<c r="A2"><f>HYPERLINK("http://example.com")</f><v>7</v></c>'
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    table = read_table(
        with_part("xl/worksheets/sheet1.xml", SHEET.format(f'<sheetData>{head}<row r="2">{cell}</row></sheetData>'))
    )
    assert [row.cells for row in table.rows] == [["7"]]


def test_a_gap_of_a_million_rows_is_refused_soon() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>z</t></is></c></row></sheetData></worksheet>'
    )
    assert code_of(rewritten(workbook(["a"]), "xl/worksheets/sheet1.xml", sheet.encode())) == "broken_workbook"


def test_other_archives_empty_sheets_and_too_many_rows_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert code_of(out.getvalue()) == "not_a_workbook"
    assert code_of(workbook()) == "empty"
    assert code_of(workbook(["a"], *[["1"]] * (MAX_ROWS + 1))) == "too_many_rows"
