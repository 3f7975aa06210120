"""Two people and one phone, in a browser at 390 px: they register, come back, forget the PIN, lose the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.reader import Reader
from tests.e2e.test_every_page import violations
from tests.factories import UserFactory
from tests.workforce.accounts.phone_world import NUMBER, OTHER_PIN, PIN, newest_code
from workforce.accounts import resets
from workforce.accounts.models import PinReset, RateCount, User

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db(transaction=True)]
NEW_PIN = "640871"
NEW_NUMBER = "656 765 4321"


def check(reader: Reader) -> None:
    """The page fits the phone, is in the reader's language, and everybody can use it."""
    page = reader.page
    assert page.locator("html").get_attribute("lang") == reader.language, page.url
    assert reader.overflow() == 0, page.url
    assert violations(page) == [], page.url


def fill(reader: Reader, **fields: str) -> None:
    """Look at the page, fill its fields, and send the form of the first of them."""
    check(reader)
    for name, value in fields.items():
        reader.page.locator(f"#id_{name}").fill(value)
    last = reader.page.locator(f"#id_{next(iter(fields))}")
    last.locator("xpath=ancestor::form").locator("button.btn-primary").click()


def prove(reader: Reader, number: str = NUMBER) -> None:
    """Write the number and the code that comes."""
    RateCount.objects.all().delete()  # an hour has passed
    reader.go("/accounts/phone/")
    fill(reader, phone=number)
    reader.page.wait_for_url("**/accounts/phone/code/")
    fill(reader, code=newest_code())
    reader.page.wait_for_url(lambda address: "/code/" not in address)


def person(page: Page, label: str) -> None:
    """Say who one is."""
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_url("**/accounts/phone/secret/")


def log_in(reader: Reader, label: str, pin: str, number: str = NUMBER) -> None:
    """Number, code, person, PIN."""
    prove(reader, number)
    check(reader)
    person(reader.page, label)
    fill(reader, secret=pin)
    reader.page.wait_for_url(lambda address: "/accounts/" not in address)


def register(reader: Reader, given: str, paternal: str, pin: str) -> None:
    """One more person."""
    fill(reader, given_names=given, paternal=paternal, pin=pin, pin_again=pin)
    reader.page.wait_for_url(lambda address: "/accounts/" not in address)


def leave_to_another(reader: Reader) -> None:
    """Hand the phone on, by the menu."""
    reader.page.locator("header details[data-menu]:has(.who) > summary").click()
    words = {"es": "Otra persona en este teléfono", "en": "Another person on this phone"}
    reader.page.get_by_role("button", name=words[reader.language]).click()
    reader.page.wait_for_url("**/accounts/phone/")


def nothing_of(reader: Reader, *words: str) -> None:
    """None of these words is on the pages of whoever is logged in."""
    for path in ("/me/profile/", "/me/account/", "/me/applications/", "/me/inbox/"):
        reader.go(path)
        check(reader)
        for word in words:
            assert word not in reader.page.content(), f"{path}: {word}"


@pytest.mark.parametrize("language", ["es", "en"])
def test_two_people_share_a_phone_and_never_see_each_others_data(
    language: str, open_reader: Callable[..., Reader]
) -> None:
    phone = open_reader(language)
    page = phone.page
    prove(phone)
    register(phone, "Ana", "Marcadora", PIN)
    phone.go("/me/profile/")
    expect(page.locator("#id_paternal")).to_have_value("Marcadora")
    leave_to_another(phone)

    page.go_back()  # the page of Ana is not kept: who presses "back" is asked to log in
    page.wait_for_url(lambda address: "/accounts/" in address)
    assert "Marcadora" not in page.content()

    prove(phone)
    check(phone)
    assert "Ana M." in page.content()
    assert "Marcadora" not in page.content()
    page.locator("a[href='/accounts/phone/register/']").click()
    register(phone, "Luis", "Senador", OTHER_PIN)
    nothing_of(phone, "Marcadora")
    leave_to_another(phone)

    prove(phone)
    person(page, "Ana M.")
    fill(phone, secret=OTHER_PIN)  # the PIN of Luis
    expect(page.locator("#id_secret")).to_have_attribute("aria-invalid", "true")
    fill(phone, secret=PIN)
    page.wait_for_url(lambda address: "/accounts/" not in address)
    nothing_of(phone, "Senador")
    leave_to_another(phone)
    log_in(phone, "Luis S.", OTHER_PIN)
    nothing_of(phone, "Marcadora")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_forgotten_pin_is_replaced_by_waiting_where_one_is_alone(
    language: str, open_reader: Callable[..., Reader]
) -> None:
    phone = open_reader(language)
    prove(phone)
    register(phone, "Ana", "Marcadora", PIN)
    leave_to_another(phone)
    prove(phone)
    person(phone.page, "Ana M.")
    phone.page.locator("a[href='/accounts/phone/forgot/']").click()
    phone.page.wait_for_url("**/forgot/")
    check(phone)
    phone.page.locator("form[action='/accounts/phone/forgot/'] button").click()
    expect(phone.page.locator(".alert").first).to_be_visible()
    check(phone)
    PinReset.objects.update(ready_at=timezone.now() - timedelta(minutes=1))  # a day later
    prove(phone)
    person(phone.page, "Ana M.")
    check(phone)
    phone.page.locator("a[href='/accounts/phone/new-pin/']").click()
    fill(phone, pin=NEW_PIN, pin_again=NEW_PIN)
    phone.page.wait_for_url(lambda address: "/accounts/" not in address)
    leave_to_another(phone)
    log_in(phone, "Ana M.", NEW_PIN)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_lost_phone_leads_its_finder_nowhere_and_its_owner_to_a_new_one(
    language: str, open_reader: Callable[..., Reader]
) -> None:
    lost = open_reader(language)
    prove(lost)
    register(lost, "Ana", "Marcadora", PIN)
    code = resets.issue_help_code(user_id=User.objects.get().pk, staff=UserFactory(is_staff=True, is_superuser=True))

    new = open_reader(language)
    prove(new, NEW_NUMBER)
    new.page.locator("a[href='/accounts/phone/help/']").click()
    new.page.wait_for_url("**/help/")
    fill(new, help_code=code, pin=NEW_PIN, pin_again=NEW_PIN)
    new.page.wait_for_url(lambda address: "/accounts/" not in address)
    new.go("/me/profile/")
    expect(new.page.locator("#id_paternal")).to_have_value("Marcadora")

    lost.page.goto("/me/profile/")  # the session in the lost phone is over,
    lost.page.wait_for_url("**/accounts/login/**")
    prove(lost)
    lost.page.wait_for_url("**/accounts/phone/register/")  # and its number leads to nobody
    check(lost)
    register(lost, "Eva", "Nueva", OTHER_PIN)
    nothing_of(lost, "Marcadora")
    nothing_of(new, "Nueva")
