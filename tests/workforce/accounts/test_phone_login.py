"""Number, code, person, PIN: registering and logging in on a phone that may be shared."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import BasePasswordHasher, MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import PASSWORD
from tests.workforce.accounts.phone_world import (
    E164,
    NUMBER,
    OTHER_PIN,
    PIN,
    Phoning,
    newest_code,
    person_with_phone,
)
from workforce.accounts import pending
from workforce.accounts.models import Phone, PhoneCode, SecretTries, User
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


def test_a_new_number_leads_to_registering_and_in() -> None:
    browser = Phoning(language="en")
    assert browser.prove().url == reverse("phone-register")
    assert browser.register().url == reverse("after-login")
    user = User.objects.get()
    assert (user.phone.e164, user.email, user.language) == (E164, None, "en")
    assert Phone.objects.get().verified_at is not None
    assert Phone.objects.get().shared_at is None
    assert Technician.objects.get(user=user).full_name == "Ana Pérez"
    assert browser.user_id == user.pk
    assert browser.get("profile").status_code == 200
    assert pending.KEY not in browser.client.session


def test_two_people_on_one_phone_register_and_log_in_apart() -> None:
    first, second = Phoning(), Phoning()
    first.prove()
    first.register()
    assert second.prove().url == reverse("phone-who")
    page = second.get("phone-who").content.decode()
    assert "Ana P." in page
    assert "Pérez" not in page
    second.register("Luis", "Soto", OTHER_PIN)
    ana, luis = User.objects.order_by("pk")
    assert ana.phone == luis.phone
    assert Phone.objects.get().shared_at is not None
    assert (first.user_id, second.user_id) == (ana.pk, luis.pk)
    assert "Pérez" not in second.get("profile").content.decode()

    browser = Phoning()
    answer = browser.log_in(ana, OTHER_PIN)  # his PIN does not open her account
    assert answer.status_code == 200
    assert browser.user_id == 0
    assert browser.post("phone-secret", secret=PIN).status_code == 302
    assert browser.user_id == ana.pk


def test_a_password_fits_as_well_as_a_pin() -> None:
    user = person_with_phone(email="ana@example.test")
    browser = Phoning()
    assert browser.log_in(user, PASSWORD).status_code == 302
    assert browser.user_id == user.pk


def test_a_pin_alone_opens_nothing_by_e_mail() -> None:
    person_with_phone(email="ana@example.test")
    answer = Client().post(reverse("account_login"), {"login": "ana@example.test", "password": PIN})
    assert answer.status_code == 200


def test_a_number_that_is_known_and_one_that_is_not_get_the_same_answer() -> None:
    person_with_phone()
    answers, statements = [], []
    for number in (NUMBER, "656 765 4321"):
        browser = Phoning()
        with CaptureQueriesContext(connection) as counted:
            answer = browser.ask(number)
        page = browser.get("phone-code").content.decode()
        answers.append((answer.status_code, answer.url, _without_numbers(page)))
        statements.append([_shape(query["sql"]) for query in counted.captured_queries])
    assert answers[0] == answers[1]
    assert statements[0] == statements[1]  # the same work, so the same time
    assert not any("accounts_user" in sql or '"accounts_phone"' in sql for sql in statements[0])


def _shape(sql: str) -> str:
    return re.sub(r"'[^']*'|\d+", "?", sql)


def _without_numbers(page: str) -> str:
    return re.sub(r'value="[^"]{64}"|\d{3,}|"X-CSRFToken": "[^"]*"|nonce="[^"]*"', "", page)


def test_log_in_by_e_mail_hashes_as_often_for_strangers_as_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    user = person_with_phone(email="ana@example.test")
    counts = []
    plain = MD5PasswordHasher.encode
    calls: list[int] = []

    def encode(self: BasePasswordHasher, password: str, salt: str) -> str:
        calls.append(1)
        return str(plain(self, password, salt))  # type: ignore[arg-type]

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    for email in (user.email, "nobody@example.test"):
        calls.clear()
        Client().post(reverse("account_login"), {"login": email, "password": "something wrong"})
        counts.append(len(calls))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize(("typed", "right"), [("{code}", True), ("{a} {b}", True), ("000000", False), ("", False)])
def test_a_code_is_taken_as_people_type_it(typed: str, right: bool) -> None:
    browser = Phoning()
    browser.ask()
    code = newest_code()
    if code == "000000":  # one in a million
        return
    answer = browser.post("phone-code", code=typed.format(code=code, a=code[:3], b=code[3:]))
    assert (answer.status_code == 302) is right


def test_a_code_works_once() -> None:
    browser = Phoning()
    browser.ask()
    code = newest_code()
    first = dict(browser.client.session)
    assert browser.post("phone-code", code=code).status_code == 302
    session = browser.client.session
    session[pending.KEY] = first[pending.KEY]
    session.save()
    assert browser.post("phone-code", code=code).status_code == 200


def test_a_code_is_over_after_five_wrong_tries() -> None:
    browser = Phoning()
    browser.ask()
    code = newest_code()
    wrong = "1" + code[1:] if code[0] != "1" else "2" + code[1:]
    for _ in range(5):
        assert browser.post("phone-code", code=wrong).status_code == 200
    answer = browser.post("phone-code", code=code)
    assert "Ese código ya no vale" in answer.content.decode()
    assert PhoneCode.objects.get().tries == 5


def test_a_code_is_over_after_ten_minutes() -> None:
    browser = Phoning()
    browser.ask()
    PhoneCode.objects.update(expires_at=timezone.now())
    assert browser.post("phone-code", code=newest_code()).status_code == 200


def test_the_code_before_is_over_when_a_new_one_was_sent() -> None:
    browser = Phoning()
    browser.ask()
    old = newest_code()
    browser.post("phone-again")
    if old != newest_code():
        assert browser.post("phone-code", code=old).status_code == 200
    assert browser.post("phone-code", code=newest_code()).status_code == 302


def test_a_code_of_one_browser_is_of_no_use_in_another() -> None:
    mine, theirs = Phoning(), Phoning()
    mine.ask()
    code = newest_code()
    theirs.ask()
    if code != newest_code():
        assert theirs.post("phone-code", code=code).status_code == 200
    assert mine.post("phone-code", code=code).status_code == 302


def test_a_session_that_somebody_planted_is_worth_nothing_after_the_code_and_after_the_log_in() -> None:
    user = person_with_phone()
    victim = Phoning()
    victim.ask()
    planted = victim.client.session.session_key
    victim.post("phone-code", code=newest_code())
    proved = victim.client.session.session_key
    victim.post("phone-who", person=user.pk)
    victim.post("phone-secret", secret=PIN)
    keys = {planted, proved, victim.client.session.session_key}
    assert len(keys) == 3
    for key in (planted, proved):
        thief = Phoning()
        thief.client.cookies["sessionid"] = key
        assert thief.get("profile").status_code == 302
        assert thief.get("phone-who").url == reverse("phone-start")


@pytest.mark.parametrize(
    "step", ["phone-who", "phone-secret", "phone-register", "phone-forgot", "phone-new-pin", "phone-help"]
)
def test_no_step_can_be_taken_before_the_code(step: str) -> None:
    user = person_with_phone()
    browser = Phoning()
    browser.ask()
    assert browser.get(step).url == reverse("phone-start")
    answer = browser.post(step, person=user.pk, secret=PIN, pin=OTHER_PIN, pin_again=OTHER_PIN, given_names="X")
    assert answer.url == reverse("phone-start")
    assert User.objects.count() == 1
    assert browser.user_id == 0


def test_a_proof_is_over_after_a_quarter_of_an_hour() -> None:
    person_with_phone()
    browser = Phoning()
    browser.prove()
    session = browser.client.session
    session[pending.KEY] = session[pending.KEY] | {"proved_at": (timezone.now() - timedelta(minutes=16)).timestamp()}
    session.save()
    assert browser.get("phone-who").url == reverse("phone-start")


def test_somebody_of_another_number_cannot_be_chosen() -> None:
    stranger = person_with_phone(e164="+526569998877")
    person_with_phone()
    browser = Phoning()
    browser.prove()
    for person in (stranger.pk, "x", "", 10**40):
        assert browser.post("phone-who", person=person).url == reverse("phone-who")
    assert browser.post("phone-secret", secret=PIN).url == reverse("phone-who")
    assert browser.user_id == 0


def test_a_closed_account_is_not_offered_and_cannot_be_chosen() -> None:
    user = person_with_phone()
    browser = Phoning()
    browser.choose(user)
    User.objects.update(is_active=False)
    assert browser.post("phone-secret", secret=PIN).url == reverse("phone-who")
    assert Phoning().prove().url == reverse("phone-register")


def test_wrong_pins_make_the_wait_grow_and_a_right_one_does_not_count_meanwhile() -> None:
    user = person_with_phone()
    browser = Phoning()
    browser.choose(user)
    waits = []
    for _ in range(7):
        browser.post("phone-secret", secret="999999")
        until = SecretTries.objects.get().blocked_until
        waits.append(0 if until is None else round((until - timezone.now()).total_seconds(), -1))
        if until is not None:
            assert "Espera un poco" in browser.post("phone-secret", secret=PIN).content.decode()
            SecretTries.objects.update(blocked_until=timezone.now())
    assert waits == [0, 0, 30, 60, 300, 900, 3600]
    assert browser.post("phone-secret", secret=PIN).status_code == 302
    assert SecretTries.objects.get().failures == 0


def test_wrong_pins_of_one_person_do_not_make_the_other_wait() -> None:
    ana, luis = person_with_phone(), person_with_phone("Luis", "Soto", OTHER_PIN)
    browser = Phoning()
    browser.choose(ana)
    for _ in range(4):
        browser.post("phone-secret", secret=OTHER_PIN)
    browser.post("phone-who", person=luis.pk)
    assert browser.post("phone-secret", secret=OTHER_PIN).status_code == 302


def test_a_second_click_on_registering_makes_no_twin() -> None:
    browser = Phoning()
    browser.prove()
    twin = Phoning()  # the second click carries the session as it was before the first one was answered
    twin.ask()
    session = twin.client.session
    session[pending.KEY] = browser.client.session[pending.KEY]
    session.save()
    browser.register()
    assert twin.register().status_code == 302
    assert User.objects.count() == Technician.objects.count() == 1
    assert twin.user_id == browser.user_id


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_sent_off_the_site_after_the_log_in(address: str) -> None:
    user = person_with_phone()
    assert Phoning().log_in(user, next=address).url == reverse("after-login")


def test_the_page_that_was_asked_for_comes_after_the_log_in() -> None:
    user = person_with_phone()
    assert Phoning().log_in(user, next="/me/skills/").url == "/me/skills/"


def test_the_steps_refuse_a_form_of_another_site() -> None:
    user = person_with_phone()
    strict = Phoning(Client(enforce_csrf_checks=True))
    assert strict.ask().status_code == 403
    for step in ("phone-code", "phone-again", "phone-who", "phone-secret", "phone-register", "account-end-sessions"):
        assert strict.post(step, person=user.pk).status_code == 403, step


def test_only_so_many_share_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workforce.accounts.people.MOST_ON_A_PHONE", 1)
    person_with_phone()
    browser = Phoning()
    browser.prove()
    answer = browser.register("Luis", "Soto")
    assert "Demasiadas personas usan este número" in answer.content.decode()
    assert User.objects.count() == 1


def test_without_a_gateway_in_production_there_is_only_the_e_mail(settings: Any) -> None:
    settings.PRODUCTION = True
    assert Phoning().get("phone-start").status_code == 404
    page = Phoning().get("account_login").content.decode()
    assert 'id="id_login"' in page
    assert 'id="id_phone"' not in page


def test_pages_of_the_way_in_are_kept_by_no_browser() -> None:
    user = person_with_phone()
    browser = Phoning()
    browser.choose(user)
    for step in ("phone-who", "phone-secret", "phone-register", "phone-forgot"):
        assert "no-store" in browser.get(step).headers["Cache-Control"], step
