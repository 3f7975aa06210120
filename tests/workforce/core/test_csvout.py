"""Downloads: no cell runs in a spreadsheet, and what was written can be read again."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.core.csvout import BOM, RISKY, csv_lines, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd|x", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1"])
def test_a_formula_stays_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert [safe_cell(value) for value in (-5, Decimal("-2.5"), None, "a-b")] == ["-5", "-2.5", "", "a-b"]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",))), min_size=2, max_size=2),
        max_size=5,
    )
)
def test_whatever_is_written_is_read_again_and_no_cell_is_risky(rows: list[list[str]]) -> None:
    text = "".join(csv_lines(["a", "b"], rows))
    assert text.startswith(BOM)
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))
    assert read == [["a", "b"], *[[safe_cell(cell) for cell in row] for row in rows]]
    assert not any(cell.lstrip().startswith(RISKY) for row in read for cell in row)
