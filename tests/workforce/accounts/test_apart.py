"""One phone, several people: what each leaves in the browser, and what the next one can see of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.workforce.accounts.phone_world import (
    NUMBER,
    OTHER_PIN,
    PIN,
    Phoning,
    newest_code,
    person_with_phone,
)
from workforce.accounts import known_browsers
from workforce.accounts.models import User
from workforce.accounts.phone_steps import SHARED_SESSION
from workforce.notifications.models import Notification

pytestmark = pytest.mark.django_db
OWN_PAGES = ("profile", "my-account", "my-applications", "inbox", "account_email", "account_change_password")


@pytest.fixture
def ana() -> User:
    return person_with_phone("Ana", "Pérez")


@pytest.fixture
def luis(ana: User) -> User:
    return person_with_phone("Luis", "Soto", OTHER_PIN)


def test_the_session_of_one_is_over_when_the_other_has_logged_in(ana: User, luis: User) -> None:
    browser = Phoning()
    browser.log_in(ana)
    browser.client.session["of-ana"] = "kept"
    first = browser.client.session.session_key
    answer = browser.client.post(reverse("account_logout"), {"next": reverse("phone-start")})
    assert answer.url == reverse("phone-start")
    browser.log_in(luis, OTHER_PIN)
    assert browser.user_id == luis.pk
    assert "of-ana" not in browser.client.session
    thief = Phoning()
    thief.client.cookies["sessionid"] = first
    assert thief.get("profile").status_code == 302
    assert "Pérez" not in "".join(browser.get(name).content.decode() for name in ("profile", "my-account"))


def test_somebody_who_is_logged_in_is_not_led_into_another_account_by_an_open_tab(ana: User, luis: User) -> None:
    browser = Phoning()
    browser.prove()
    browser.post("phone-who", person=luis.pk)  # one tab waits for the PIN of Luis
    kept = browser.client.session["phone_pending"]
    browser.post("phone-who", person=ana.pk)
    browser.post("phone-secret", secret=PIN)  # in another one Ana comes in
    session = browser.client.session
    session["phone_pending"] = kept
    session.save()
    for step in ("phone-secret", "phone-who", "phone-new-pin", "phone-help", "phone-register", "phone-start"):
        answer = browser.post(step, secret=OTHER_PIN, person=luis.pk, phone=NUMBER, pin=PIN, pin_again=PIN)
        assert answer.url == reverse("after-login"), step
    assert browser.user_id == ana.pk


def test_the_proof_of_a_number_does_not_outlive_the_log_in(ana: User, luis: User) -> None:
    browser = Phoning()
    browser.log_in(ana)
    browser.client.post(reverse("account_logout"))
    assert browser.get("phone-who").url == reverse("phone-start")


def test_sessions_on_a_shared_number_are_short_and_on_ones_own_they_last(ana: User) -> None:
    alone = Phoning()
    alone.log_in(ana)
    assert alone.client.session.get_expiry_age() > SHARED_SESSION.total_seconds()
    person_with_phone("Luis", "Soto", OTHER_PIN)
    shared = Phoning()
    shared.log_in(ana)
    assert 0 < shared.client.session.get_expiry_age() <= SHARED_SESSION.total_seconds()


def test_browsers_keep_nothing_of_whoever_is_logged_in(ana: User) -> None:
    browser = Phoning()
    answers = [browser.log_in(ana)]
    browser.post("account-confirm", secret=PIN)
    answers += [browser.get(name) for name in OWN_PAGES]
    answers.append(browser.client.get("/api/v1/me/", headers={"accept": "application/json"}))
    answers.append(browser.client.get("/nothing-is-here/"))
    answers.append(browser.client.post(reverse("account_logout")))
    for answer in answers:
        assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", ")), answer.request["PATH_INFO"]
    assert "no-store" not in Client().get("/es/").headers.get("Cache-Control", "")  # what all see may be kept


def test_the_menu_offers_to_change_person_where_there_is_a_phone(ana: User) -> None:
    browser = Phoning()
    browser.log_in(ana)
    assert "Otra persona en este teléfono" in browser.get("my-account").content.decode()
    other = Client()
    other.force_login(make.UserFactory())
    assert "Otra persona en este teléfono" not in other.get(reverse("my-account")).content.decode()


@pytest.mark.parametrize("page", ["account_email", "account_set_password"])
def test_an_open_session_is_not_enough_to_take_the_account_for_good(ana: User, luis: User, page: str) -> None:
    User.objects.filter(pk=ana.pk).update(password="!")
    left_open = Phoning()
    left_open.log_in(ana)
    asked = left_open.get(page)
    assert asked.url == f"{reverse('account-confirm')}?next={reverse(page).replace('/', '%2F')}"
    taking = {
        "email": "luis@example.test",
        "action_add": "",
        "password1": "a long password",
        "password2": "a long password",
    }
    assert left_open.post(page, **taking).status_code == 302
    ana.refresh_from_db()
    assert ana.email is None
    assert not ana.has_usable_password()
    assert left_open.post("account-confirm", secret=OTHER_PIN, next=reverse(page)).status_code == 200
    assert left_open.get(page).status_code == 302
    assert left_open.post("account-confirm", secret=PIN, next=reverse(page)).url == reverse(page)
    assert left_open.get(page).status_code == 200


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example"])
def test_confirming_leads_nowhere_else(ana: User, address: str) -> None:
    browser = Phoning()
    browser.log_in(ana)
    assert browser.post("account-confirm", secret=PIN, next=address).url == reverse("my-account")


def test_tries_at_the_pin_from_an_open_session_are_counted_too(ana: User) -> None:
    browser = Phoning()
    browser.log_in(ana)
    for step, more in (("account-confirm", {}), ("account-pin", {"pin": "640871", "pin_again": "640871"})):
        browser.post(step, secret="999999", **more)
    browser.post("account-phone", secret="999999", phone="656 765 4321", country="MX")
    assert "Espera un poco" in browser.post("account-confirm", secret=PIN).content.decode()


def test_a_change_of_number_needs_the_pin_and_the_code_and_ends_other_sessions(ana: User) -> None:
    lost, here = Phoning(), Phoning()
    lost.log_in(ana)
    here.log_in(ana)
    assert here.post("account-phone", phone="656 765 4321", country="MX", secret=OTHER_PIN).status_code == 200
    assert here.post("account-phone", phone="656 765 4321", country="MX", secret=PIN).url == reverse("phone-code")
    ana.refresh_from_db()
    assert str(ana.phone) == "+52 656 123 4567"
    assert here.post("phone-code", code=newest_code()).url == reverse("my-account")
    ana.refresh_from_db()
    assert str(ana.phone) == "+52 656 765 4321"
    assert here.get("my-account").status_code == 200
    assert lost.get("my-account").status_code == 302


def test_a_code_for_a_change_of_number_is_no_way_in_and_of_no_use_to_another_account(ana: User, luis: User) -> None:
    one = Phoning()
    one.log_in(ana)
    one.post("account-phone", phone="656 765 4321", country="MX", secret=PIN)
    way = one.client.session["phone_pending"]
    code = newest_code()
    for somebody in (None, luis):
        other = Phoning()
        if somebody:
            other.client.force_login(somebody)
        session = other.client.session
        session["phone_pending"] = way
        session.save()
        assert other.post("phone-code", code=code).status_code == 302
        assert session.get(SESSION_KEY, "") == (str(luis.pk) if somebody else "")
    luis.refresh_from_db()
    assert str(luis.phone) == "+52 656 123 4567"


def test_a_new_pin_and_ending_sessions_end_the_others(ana: User) -> None:
    here, there = Phoning(), Phoning()
    for browser in (here, there):
        browser.log_in(ana)
    here.post("account-pin", secret=PIN, pin="640871", pin_again="640871")
    assert there.get("profile").status_code == 302
    there.log_in(ana, "640871")
    here.post("account-end-sessions")
    assert (here.get("profile").status_code, there.get("profile").status_code) == (200, 302)


def test_what_is_changed_is_told_to_the_person_and_to_nobody_else(ana: User, luis: User) -> None:
    User.objects.filter(pk=ana.pk).update(email="ana@example.test")
    browser = Phoning()
    browser.log_in(ana)
    browser.post("account-pin", secret=PIN, pin="640871", pin_again="640871")
    told: Any = Notification.objects.get()
    assert (told.user_id, told.kind) == (ana.pk, "login_changed")
    assert told.deliveries.count() == 1
    assert known_browsers.COOKIE in browser.client.cookies
