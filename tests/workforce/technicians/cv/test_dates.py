"""Periods and days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.technicians.cv.dates import find_day, find_period, flat

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Marzo 2019 - Actual", date(2019, 3, 1), None),
        ("MARZO 2019 – ACTUALIDAD", date(2019, 3, 1), None),
        ("Desde marzo de 2019 a la fecha", date(2019, 3, 1), None),
        ("De enero del 2016 a febrero del 2019", date(2016, 1, 1), date(2019, 2, 28)),
        ("06/2020 – Present", date(2020, 6, 1), None),
        ("Jun 2020 to date", date(2020, 6, 1), None),
        ("2013 - 2015", date(2013, 1, 1), date(2015, 12, 31)),
        ("2013-2015 Manufacturas", date(2013, 1, 1), date(2015, 12, 31)),
        ("15/03/2018 al 20/10/2019", date(2018, 3, 15), date(2019, 10, 20)),
        ("enero - marzo 2019", date(2019, 1, 1), date(2019, 3, 31)),
        ("Sept. 2021 hasta dic. 2022", date(2021, 9, 1), date(2022, 12, 31)),
        ("since 2019", date(2019, 1, 1), None),
        ("2024 - 2030", date(2024, 1, 1), None),
    ],
)
def test_a_period_is_found(text: str, start: date, end: date | None) -> None:
    found = find_period(f"Planta Inventada, {text}, Juárez", TODAY)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "text", ["656-123-2019", "8 años", "2030 - 2031", "2019 - 2015", "13/2019 - 14/2019", "ISO 9001:2015", "C.P. 32000"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert find_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("DC-3, 15/03/2024, folio 7", date(2024, 3, 15)),
        ("15 de marzo de 2024", date(2024, 3, 15)),
        ("marzo 2024", date(2024, 3, 1)),
        ("2024-03-15", date(2024, 3, 15)),
        ("vence 2031-01-01, emitida 05/2022", date(2022, 5, 1)),
        ("2024", None),
        ("31/02/2024", None),
    ],
)
def test_a_day_is_found(text: str, day: date | None) -> None:
    assert find_day(text, TODAY) == day


def test_the_month_comes_first_across_the_border() -> None:
    assert find_day("03/04/2024", TODAY, month_first=True) == date(2024, 3, 4)
    assert find_day("03/04/2024", TODAY) == date(2024, 4, 3)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_places_stay_the_same_and_nothing_breaks(text: str) -> None:
    assert len(flat(text)) == len(text)
    found = find_period(text, TODAY)
    assert found is None or found.start <= (found.end or TODAY)
