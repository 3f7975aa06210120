"""One reader for files of separated values, whatever they really are."""

from __future__ import annotations

import pytest
from django.utils import translation

from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import MAX_BYTES, MAX_ROWS, read_table

TEXT = (
    "puesto;sueldo;descripción\n"
    "Operadora de producción;2,500;Año, niñez y ñandú\nSoldador;3,000;Líneas de ensamble y más\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp850"]
)
def test_encodings_of_spreadsheets_are_told_apart(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding))
    assert table.headings == ["puesto", "sueldo", "descripción"]
    assert next(row.cells for row in table.rows) == ["Operadora de producción", "2,500", "Año, niñez y ñandú"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_are_told_apart(mark: str) -> None:
    data = f'a{mark}b{mark}c\n1{mark}"x{mark}y"{mark}3\n'.encode()
    table = read_table(data)
    assert table.delimiter == mark
    assert [row.cells for row in table.rows] == [["1", f"x{mark}y", "3"]]


def test_rows_know_their_line_and_empty_ones_are_skipped() -> None:
    table = read_table(b'a,b\n\n1,"two\nlines"\n,,\n3,4\n')
    assert [(row.line, row.cells) for row in table.rows] == [(4, ["1", "two\nlines"]), (6, ["3", "4"])]


def test_short_rows_are_filled_and_long_ones_reported() -> None:
    short, long = read_table(b"a,b\n1\n1,2,3\n").rows
    assert (short.cells, short.problem) == (["1", ""], None)
    assert long.problem is not None
    assert long.problem.code == "too_many_cells"


def test_a_row_with_an_open_quotation_mark_does_not_stop_the_others() -> None:
    good, bad = read_table(b'a,b\n1,2\n"3,4\n').rows
    assert (good.cells, bad.problem and bad.problem.code) == (["1", "2"], "broken_row")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n1 0 obj", "not_csv"),
        (b"PK\x03\x04\x14\x00", "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (b"<!DOCTYPE html><table>", "not_csv"),
        (b"\x89PNG\r\n\x1a\n", "not_csv"),
        (b"a,b\n1,\x00\n", "not_text"),
        (bytes(range(256)) * 20, "not_text"),
        (b"a," * 200 + b"\n1\n", "too_many_columns"),
        (b"a" * (MAX_BYTES + 1), "too_big"),
        (b"a,b\n" * 2_500_000, "too_big"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(ImportProblem) as refused:
        read_table(data)
    assert refused.value.code == code


def test_too_many_rows_are_noticed_while_reading() -> None:
    rows = read_table(b"a,b\n" + b"1,2\n" * (MAX_ROWS + 1)).rows
    with pytest.raises(ImportProblem) as refused:
        list(rows)
    assert (refused.value.code, refused.value.row) == ("too_many_rows", MAX_ROWS + 2)


def test_problems_name_row_and_column_in_the_readers_language() -> None:
    problem = ImportProblem("x", "Bad %(word)s", row=7, column="Sueldo", params={"word": "100%"})
    with translation.override("en"):
        assert str(problem) == "Row 7, Sueldo: Bad 100%"
