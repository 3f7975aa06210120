"""Many at once at one number: on SQLite writers wait in turn, on PostgreSQL rows are locked. Nothing is counted once
for two, and nothing is done twice.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.threads import at_once_numbered
from tests.workforce.accounts.phone_world import E164, NUMBER, OTHER_PIN, PIN, person_with_phone
from workforce.accounts import codes, people, resets
from workforce.accounts.choices import CodePurpose, ResetKind
from workforce.accounts.codes import Verdict
from workforce.accounts.limits import Limit, take
from workforce.accounts.models import Phone, PhoneCode, PinReset, RateCount, SecretTries, User
from workforce.accounts.services import PersonNames
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def asked() -> codes.Asked:
    return codes.ask_for_code(e164=E164, purpose=CodePurpose.ENTER, language="es")


def check(made: codes.Asked, typed: str) -> Verdict:
    return codes.check_code(code_id=made.code_id, token=made.token, purpose=CodePurpose.ENTER, typed=typed)


def test_parallel_guesses_at_one_code_share_its_five_tries() -> None:
    made = asked()
    right = codes.code_of(PhoneCode.objects.get())
    wrong = [f"{(int(right) + 1 + number) % 1_000_000:06}" for number in range(AT_ONCE)]
    results = at_once_numbered(lambda number: check(made, wrong[number]), AT_ONCE)
    assert set(results) <= {Verdict.WRONG, Verdict.OVER}
    assert results.count(Verdict.WRONG) <= codes.TRIES
    assert PhoneCode.objects.get().tries == codes.TRIES
    assert check(made, right) is Verdict.OVER


def test_a_right_code_sent_by_many_opens_once() -> None:
    made = asked()
    right = codes.code_of(PhoneCode.objects.get())
    results = at_once_numbered(lambda number: check(made, right), codes.TRIES)
    assert results.count(Verdict.RIGHT) == 1
    assert set(results) == {Verdict.RIGHT, Verdict.OVER}


def test_parallel_sessions_guess_no_more_pins_than_one() -> None:
    """Twenty browsers that have all proved the number: the waits hold for the person, not for the browser."""
    user = person_with_phone()
    guesses = [f"64087{number}" for number in range(AT_ONCE)]
    compared: list[str] = []
    fits = people.secret_fits

    def counting(person: User, typed: str) -> bool:
        compared.append(typed)
        return fits(person, typed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "secret_fits", counting)
        for _ in range(3):
            at_once_numbered(lambda number: people.check_secret(user=user, typed=guesses[number]), AT_ONCE)
    row = SecretTries.objects.get()
    assert len(compared) == row.failures == 3  # then half a minute of waiting
    assert row.blocked_until is not None
    assert row.blocked_until > timezone.now()


def test_the_limit_of_a_number_holds_for_all_browsers_together(settings: Any) -> None:
    def ask(number: int) -> int:
        return Client().post(reverse("phone-start"), {"phone": NUMBER, "country": "MX"}).status_code

    results = at_once_numbered(ask, AT_ONCE)
    assert sorted(results) == [200] * (AT_ONCE - 3) + [302] * 3, results
    assert PhoneCode.objects.count() == settings.PHONE_LIMIT_NUMBER_QUARTER


def test_the_last_free_place_of_a_count_goes_to_one() -> None:
    results = at_once_numbered(lambda number: take([Limit("test", "x", 1, 3600)]), AT_ONCE)
    assert results.count(None) == 1
    assert RateCount.objects.get().count == 1


def test_many_clicks_on_registering_make_one_person() -> None:
    made = asked()
    check(made, codes.code_of(PhoneCode.objects.get()))

    def register(number: int) -> User:
        names = PersonNames("Ana", "Pérez", "")
        return people.register_person(code_id=made.code_id, names=names, pin=PIN, language="es")

    results = at_once_numbered(register, AT_ONCE)
    assert {getattr(result, "pk", result) for result in results} == {User.objects.get().pk}
    assert Technician.objects.count() == Phone.objects.count() == 1


def test_two_who_register_on_one_new_number_at_once_share_it() -> None:
    made = [asked() for _ in range(3)]
    for one in made:
        check(one, codes.code_of(PhoneCode.objects.get(pk=one.code_id)))

    def register(number: int) -> User:
        names = PersonNames(f"Persona {number}", "Pérez", "")
        return people.register_person(code_id=made[number].code_id, names=names, pin=PIN, language="es")

    results = at_once_numbered(register, 3)
    assert all(isinstance(result, User) for result in results), results
    assert Phone.objects.get().users.count() == 3
    assert Phone.objects.get().shared_at is not None


def test_workers_that_send_one_code_at_once_send_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        "workforce.accounts.gateway.console.ConsoleGateway.send",
        lambda self, *, to, text, reference: sent.append(reference),
    )
    made = asked()
    results = at_once_numbered(lambda number: codes.deliver(code_id=made.code_id), AT_ONCE)
    assert results.count(True) == 1
    assert sent == [f"code-{made.code_id}"]


def test_a_link_used_twice_at_once_sets_one_pin() -> None:
    user = person_with_phone(email="ana@example.test")
    [reset_id] = resets.ask_for_new_pin(user_id=user.pk)
    pins = ["640871", OTHER_PIN]
    results = at_once_numbered(lambda number: resets.finish_reset(reset_id=reset_id, pin=pins[number]), 2)
    assert sum(isinstance(result, User) for result in results) == 1
    assert PinReset.objects.get(kind=ResetKind.EMAIL).used_at is not None
