"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.accounts.numbers import normalize, spaced
from workforce.core.errors import InvalidInput

JUAREZ = "+526561234567"
EL_PASO = "+19155551234"


@pytest.mark.parametrize(
    "typed",
    [
        "6561234567",
        "656 123 4567",
        "(656) 123-45-67",
        "656.123.4567",
        "+52 656 123 4567",
        "+52 1 656 123 4567",
        "+5216561234567",
        "52 656 123 4567",
        "521 656 123 4567",
        "044 656 123 4567",
        "045 656 123 4567",
        "01 656 123 4567",
        "00 52 656 123 4567",
        "011 52 656 123 4567",
        " 656\u00a0123\u20114567 ",
        "６５６１２３４５６７",
    ],
)
def test_a_number_of_juarez_is_one_number_however_it_is_typed(typed: str) -> None:
    assert normalize(typed) == JUAREZ


@pytest.mark.parametrize("typed", ["+1 915 555 1234", "1 (915) 555-1234", "001 915 555 1234", "+19155551234"])
def test_a_number_of_el_paso_is_known_by_its_one(typed: str) -> None:
    assert normalize(typed) == EL_PASO


def test_ten_digits_are_of_the_country_that_was_chosen() -> None:
    assert normalize("915 555 1234") == "+529155551234"
    assert normalize("915 555 1234", country="US") == EL_PASO


def test_other_countries_begin_with_a_plus() -> None:
    assert normalize("+502 2345 6789") == "+50223456789"
    with pytest.raises(InvalidInput):
        normalize("502 2345 6789")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "656 123 456",
        "656 123 4567 8",
        "056 123 4567",
        "+1 915 155 1234",
        "+1 876 555 1234",
        "+1 900 555 1234",
        "+52 1 656 123 456",
        "+",
        "+0052656",
        "656-CALL-NOW",
        "٦٥٦١٢٣٤٥٦٧",
        "6561234567;ext=1",
        "+52+6561234567",
    ],
)
def test_what_is_no_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        normalize(typed)
    assert "phone" in refused.value.errors


@given(st.text(max_size=60), st.sampled_from(["MX", "US"]))
def test_whatever_is_typed_gives_e164_or_a_refusal_and_e164_stays_as_it_is(typed: str, country: str) -> None:
    try:
        found = normalize(typed, country=country)
    except InvalidInput:
        return
    assert found[0] == "+"
    assert found[1:].isascii()
    assert found[1:].isdigit()
    assert len(found) <= 16
    assert normalize(found) == found


def test_numbers_are_shown_in_groups() -> None:
    assert spaced(JUAREZ) == "+52 656 123 4567"
    assert spaced(EL_PASO) == "+1 915 555 1234"
    assert spaced("+50223456789") == "+50223456789"
