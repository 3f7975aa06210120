"""Which PINs are refused, and how they are kept."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings

from tests import factories as make
from workforce.accounts.models import User
from workforce.accounts.pins import hash_pin, is_trivial, secret_fits, validate_pin
from workforce.core.errors import InvalidInput


@pytest.mark.parametrize(
    "pin",
    "123456 654321 012345 890123 111111 121212 123123 112233 121221 198512 121985 200101 310599 123199 990531 246810"
    " 159753 333444 135790 456654 111222".split(),
)
def test_what_anybody_would_try_first_is_refused(pin: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        validate_pin(pin)
    assert refused.value.code == "easy_pin"


@pytest.mark.parametrize("pin", ["12345", "1234567", "12a456", "", "１２３４５６", " 12345"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        validate_pin(pin)
    assert refused.value.code == "bad_pin"


def test_the_digits_of_the_phone_are_no_pin() -> None:
    validate_pin("804957")
    for pin in ("804957", "656380"):
        with pytest.raises(InvalidInput):
            validate_pin(pin, e164="+526563804957")


def test_most_pins_are_still_free() -> None:
    taken = sum(is_trivial(f"{n:06}") for n in range(0, 1_000_000, 37))
    assert taken / (1_000_000 / 37) < 0.15


@pytest.mark.django_db
def test_pin_and_password_both_fit_and_nothing_else() -> None:
    user: User = make.UserFactory(pin=hash_pin("802947"))
    assert secret_fits(user, "802947")
    assert secret_fits(user, make.PASSWORD)
    assert not secret_fits(user, "802948")
    assert not secret_fits(user, "")
    assert "802947" not in user.pin


@pytest.mark.django_db
def test_nobody_gets_in_by_an_empty_or_missing_secret() -> None:
    user: User = make.UserFactory(password=None)
    assert not any(secret_fits(user, typed) for typed in ("", "!", user.password, "000000"))


@pytest.mark.django_db
def test_a_copy_of_the_database_is_not_enough_to_try_pins() -> None:
    user: User = make.UserFactory(pin=hash_pin("802947"), password=None)
    own_key = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another" * 9):
        assert not secret_fits(user, "802947")
    with override_settings(SECRET_KEY="newer" * 12, SECRET_KEY_FALLBACKS=[own_key]):
        assert secret_fits(user, "802947")
