"""How many codes: for a number, for an address, in all; and that nobody can be locked out by who uses them up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.workforce.accounts.phone_world import E164, NUMBER, Phoning, newest_code, person_with_phone
from workforce.accounts import codes, known_browsers
from workforce.accounts.gateway.console import ConsoleGateway
from workforce.accounts.limits import Limit, address_of, forget_old_counts, take
from workforce.accounts.models import PhoneCode, RateCount

pytestmark = pytest.mark.django_db
STRANGE = "656 765 4321"


@pytest.fixture(autouse=True)
def _the_same_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window ends while a test counts."""
    now = timezone.now().replace(hour=12, minute=1)
    monkeypatch.setattr("workforce.accounts.limits.timezone", SimpleNamespace(now=lambda: now))


def ask_from(browser: Phoning, number: str, address: str) -> Any:
    return browser.client.post(
        reverse("phone-start"),
        {"phone": number, "country": "MX"},
        REMOTE_ADDR=address,
        headers={"accept-language": "es"},
    )


def test_a_number_gets_only_so_many_codes_from_wherever_they_are_asked_for(settings: Any) -> None:
    for number in range(settings.PHONE_LIMIT_NUMBER_QUARTER):
        assert ask_from(Phoning(), NUMBER, f"203.0.113.{number}").status_code == 302
    answer = ask_from(Phoning(), NUMBER, "203.0.113.99")
    assert "Espera 15 minutos" in answer.content.decode()
    assert PhoneCode.objects.count() == settings.PHONE_LIMIT_NUMBER_QUARTER
    assert ask_from(Phoning(), STRANGE, "203.0.113.99").status_code == 302  # of another number nothing was used up


def test_all_ways_of_writing_a_number_are_counted_together(settings: Any) -> None:
    settings.PHONE_LIMIT_NUMBER_QUARTER = 2
    for typed in (NUMBER, "+52 1 (656) 123-4567"):
        assert ask_from(Phoning(), typed, "203.0.113.1").status_code == 302
    assert ask_from(Phoning(), "044 656 1234567", "203.0.113.1").status_code == 200


def test_a_day_has_a_limit_too(settings: Any) -> None:
    settings.PHONE_LIMIT_NUMBER_QUARTER, settings.PHONE_LIMIT_NUMBER_DAY = 100, 4
    for _ in range(4):
        assert ask_from(Phoning(), NUMBER, "203.0.113.1").status_code == 302
    assert "Se pidieron demasiados códigos" in ask_from(Phoning(), NUMBER, "203.0.113.1").content.decode()


def test_an_address_gets_only_so_many_for_all_numbers(settings: Any) -> None:
    settings.PHONE_LIMIT_ADDRESS_HOUR = 3
    for number in range(3):
        assert ask_from(Phoning(), f"656 200 000{number}", "203.0.113.1").status_code == 302
    assert ask_from(Phoning(), "656 200 0009", "203.0.113.1").status_code == 200
    assert ask_from(Phoning(), "656 200 0009", "203.0.113.2").status_code == 302


def test_a_made_up_header_is_no_other_address(settings: Any) -> None:
    settings.PHONE_LIMIT_ADDRESS_HOUR = 1
    for number in range(2):
        answer = Phoning().client.post(
            reverse("phone-start"),
            {"phone": f"656 200 000{number}", "country": "MX"},
            headers={"x-forwarded-for": f"198.51.100.{number}"},
        )
    assert answer.status_code == 200
    assert PhoneCode.objects.count() == 1


def test_one_house_of_ipv6_is_one_address(rf: Any) -> None:
    found = {address_of(rf.get("/", REMOTE_ADDR=address)) for address in ("2001:db8::1", "2001:db8::ffff:2")}
    assert found == {"2001:db8::/64"}
    assert address_of(rf.get("/", REMOTE_ADDR="203.0.113.7")) == "203.0.113.7"
    assert address_of(rf.get("/", REMOTE_ADDR="nonsense")) == "nonsense"


def test_an_hour_has_a_limit_for_everybody_together_and_staff_read_of_it(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PHONE_LIMIT_TOTAL_HOUR = 2
    for number in range(2):
        assert ask_from(Phoning(), f"656 200 000{number}", f"203.0.113.{number}").status_code == 302
    answer = ask_from(Phoning(), "656 200 0009", "203.0.113.9")
    assert "Por ahora no podemos enviar más códigos" in answer.content.decode()
    assert "farms codes" in caplog.text


def test_another_code_is_counted_as_well(settings: Any) -> None:
    settings.PHONE_LIMIT_NUMBER_QUARTER = 2
    browser = Phoning()
    browser.ask()
    assert browser.post("phone-again").status_code == 302
    browser.post("phone-again")
    assert "Espera 15 minutos" in browser.get("phone-code").content.decode()
    assert PhoneCode.objects.count() == 2


def test_whoever_uses_up_the_codes_of_a_number_locks_nobody_out_who_has_logged_in_there(settings: Any) -> None:
    settings.PHONE_LIMIT_TOTAL_HOUR = 6
    user = person_with_phone()
    own = Phoning()
    own.log_in(user)
    own.client.post(reverse("account_logout"))
    while ask_from(attacker := Phoning(), NUMBER, "198.51.100.1").status_code == 302:
        pass
    while ask_from(Phoning(), f"656 300 {PhoneCode.objects.count():04}", "198.51.100.2").status_code == 302:
        pass
    assert ask_from(attacker, NUMBER, "198.51.100.1").status_code == 200
    own.log_in(user)
    assert own.user_id == user.pk


def test_a_known_browser_has_a_limit_too_and_is_known_for_one_number(settings: Any) -> None:
    user = person_with_phone()
    own = Phoning()
    own.log_in(user)
    own.client.post(reverse("account_logout"))
    for _ in range(settings.PHONE_LIMIT_NUMBER_QUARTER):
        assert own.ask().status_code == 302
    assert own.ask().status_code == 200
    RateCount.objects.all().delete()
    own.ask(STRANGE)
    assert {count.key.split(":")[0] for count in RateCount.objects.all()} >= {"code-number", "code-address"}


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "W10:1a:b", "null"])
def test_a_mark_that_we_did_not_make_is_worth_nothing(rf: Any, cookie: str) -> None:
    request = rf.get("/")
    request.COOKIES[known_browsers.COOKIE] = cookie
    assert known_browsers.browser_of(request, E164) == ""


def test_the_mark_holds_no_number_and_no_script_reads_it() -> None:
    user = person_with_phone()
    browser = Phoning()
    browser.log_in(user)
    mark = browser.client.cookies[known_browsers.COOKIE]
    assert mark["httponly"]
    assert mark["samesite"] == "Lax"
    browser.client.logout()
    codes_ = [codes._limits(number, "", "")[0].stored_key for number in (E164, E164[:-1] + "8")]
    assert len(set(codes_)) == 2
    assert E164[3:] not in mark.value + "".join(codes_)


def test_counts_of_windows_that_are_over_are_forgotten() -> None:
    take([Limit("a", "b", 1, 60)])
    assert forget_old_counts() == 0
    RateCount.objects.update(ends_at="2026-01-01T00:00:00Z")
    assert forget_old_counts() == 1


def test_known_and_unknown_numbers_cost_the_same_work_also_past_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same statements and the same calls of the gateway, so the same time and the same bill."""
    person_with_phone()
    sent: list[str] = []
    monkeypatch.setattr(ConsoleGateway, "send", lambda self, *, to, text, reference: sent.append(to))
    work: list[list[int]] = []
    ask_from(Phoning(), "656 200 0000", "203.0.113.3")  # the first of the hour makes the row that all are counted in
    for number in (NUMBER, STRANGE):
        counts = []
        for _ in range(5):
            with CaptureQueriesContext(connection) as counted:
                ask_from(Phoning(), number, "203.0.113.1" if number == NUMBER else "203.0.113.2")
            counts.append(len(counted))
        work.append(counts)
    for code_id in codes.pending_codes():
        codes.deliver(code_id=code_id)
    assert work[0] == work[1]
    assert len(sent) == 7
    assert sent.count(E164) == 3


def test_a_wrong_code_costs_the_same_for_known_and_unknown_numbers() -> None:
    person_with_phone()
    work = []
    for number in (NUMBER, STRANGE):
        browser = Phoning()
        browser.ask(number)
        wrong = f"{(int(newest_code()) + 1) % 1_000_000:06}"
        with CaptureQueriesContext(connection) as counted:
            page = browser.post("phone-code", code=wrong).content.decode()
        assert "no es correcto" in page
        work.append(len(counted))
    assert work[0] == work[1]
