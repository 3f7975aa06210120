"""A forgotten PIN, a lost phone, a number that the carrier gave to somebody else."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.workforce.accounts.phone_world import E164, NUMBER, OTHER_PIN, PIN, Phoning, person_with_phone
from workforce.accounts import resets, tasks
from workforce.accounts.choices import ResetKind
from workforce.accounts.models import Phone, PinReset, RateCount, SecretTries, User
from workforce.accounts.pins import secret_fits
from workforce.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
NEW_PIN = "640871"
NEW_NUMBER = "656 765 4321"
NEW_E164 = "+526567654321"


def seen(user: User, days: int = 1) -> User:
    """Somebody who logged in so many days ago."""
    User.objects.filter(pk=user.pk).update(last_login=timezone.now() - timedelta(days=days))
    return User.objects.get(pk=user.pk)


def forgetful(user: User) -> Phoning:
    """A browser in which this person has said that they forgot the PIN."""
    browser = Phoning()
    browser.choose(user)
    assert browser.post("phone-forgot").url == reverse("phone-forgot")
    return browser


def wait_over() -> None:
    PinReset.objects.update(ready_at=timezone.now())


def set_pin(browser: Phoning, pin: str = NEW_PIN) -> Any:
    return browser.post("phone-new-pin", pin=pin, pin_again=pin)


def link_in_mail() -> str:
    tasks.send_what_is_left()
    tasks.send_what_is_left()
    assert len(mail.outbox) == 1  # sent once
    found = re.search(r"https?://[^/]+(/\S+/pin/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def help_code(user: User) -> str:
    return resets.issue_help_code(user_id=user.pk, staff=make.UserFactory(is_staff=True, is_superuser=True))


def test_alone_on_the_number_a_day_of_waiting_leads_to_a_new_pin() -> None:
    user = seen(person_with_phone())
    browser = forgetful(user)
    page = browser.get("phone-forgot").content.decode()
    assert "esperas 24 horas" in page
    assert set_pin(browser).url == reverse("phone-who")  # not yet
    assert not secret_fits(User.objects.get(), NEW_PIN)
    wait_over()
    assert set_pin(browser).url == reverse("after-login")
    assert browser.user_id == user.pk
    assert Phoning().log_in(user, PIN).status_code == 200  # the old one is over
    assert Phoning().log_in(user, NEW_PIN).status_code == 302
    RateCount.objects.all().delete()  # codes enough
    again = Phoning()
    again.choose(user)
    assert set_pin(again, OTHER_PIN).url == reverse("phone-who")  # used up


def test_the_old_pin_calls_a_new_one_off() -> None:
    user = seen(person_with_phone())
    borrower = forgetful(user)
    assert Phoning().log_in(user).status_code == 302
    wait_over()
    assert set_pin(borrower).url == reverse("phone-who")
    assert PinReset.objects.get().cancelled_at is not None


def test_who_is_logged_in_is_told_of_a_new_pin_that_was_asked_for() -> None:
    user = seen(person_with_phone())
    owner = Phoning()
    owner.log_in(user)
    assert "pidió un PIN nuevo" not in owner.get("my-account").content.decode()
    borrower = forgetful(user)
    assert "pidió un PIN nuevo" in owner.get("my-account").content.decode()
    owner.post("account-pin", secret=PIN, pin=OTHER_PIN, pin_again=OTHER_PIN)
    wait_over()
    assert set_pin(borrower).url == reverse("phone-who")


def test_the_wait_can_be_turned_off(settings: Any) -> None:
    settings.PHONE_RESET_WAIT_HOURS = 0
    user = seen(person_with_phone())
    browser = forgetful(user)
    assert not PinReset.objects.exists()
    assert "código de ayuda" in browser.get("phone-forgot").content.decode()


def test_on_a_shared_number_no_wait_leads_to_anybodys_pin() -> None:
    ana = seen(person_with_phone())
    person_with_phone("Luis", "Soto", OTHER_PIN)
    luis = forgetful(ana)
    assert "Pide a nuestro equipo un código de ayuda" in luis.get("phone-forgot").content.decode()
    assert not PinReset.objects.exists()
    assert set_pin(luis).url == reverse("phone-who")


def test_the_page_that_says_to_ask_staff_says_how(settings: Any) -> None:
    browser = forgetful(person_with_phone())
    assert "mailto:" not in browser.get("phone-forgot").content.decode()
    settings.CONTACT_EMAIL = "ayuda@puente.test"
    page = browser.get("phone-forgot").content.decode()
    assert page.count("mailto:ayuda@puente.test") == 2, "on the page, and in its footer"


def test_a_wait_is_worth_nothing_once_somebody_joins_the_number() -> None:
    ana = seen(person_with_phone())
    browser = forgetful(ana)
    person_with_phone("Luis", "Soto", OTHER_PIN)
    wait_over()
    assert set_pin(browser).url == reverse("phone-who")
    with pytest.raises(NotAllowed):
        resets.finish_reset(reset_id=PinReset.objects.get().pk, pin=NEW_PIN)


def test_a_number_stays_shared_when_one_of_two_has_left_it() -> None:
    ana = seen(person_with_phone())
    luis = person_with_phone("Luis", "Soto", OTHER_PIN)
    User.objects.filter(pk=luis.pk).update(is_active=False)
    forgetful(ana)
    assert not PinReset.objects.exists()


@pytest.mark.parametrize("days", [31, 400, None])
def test_the_new_holder_of_a_number_cannot_wait_their_way_into_the_account_of_the_old_one(days: int | None) -> None:
    user = person_with_phone()
    if days is not None:
        seen(user, days)
    stranger = forgetful(user)
    assert not PinReset.objects.exists()
    assert set_pin(stranger).url == reverse("phone-who")


def test_who_has_an_e_mail_gets_a_link_and_nobody_waits_into_the_account() -> None:
    user = seen(person_with_phone(email="ana@example.test"))
    stranger = forgetful(user)
    assert [reset.kind for reset in PinReset.objects.all()] == [ResetKind.EMAIL]
    tasks.send_what_is_left()
    assert mail.outbox[-1].to == ["ana@example.test"]
    wait_over()
    assert set_pin(stranger).url == reverse("phone-who")
    PinReset.objects.create(
        user=user, kind=ResetKind.WAITING, ready_at=timezone.now(), expires_at=timezone.now() + timedelta(days=1)
    )  # of the time before there was an e-mail
    assert set_pin(stranger).url == reverse("phone-who")
    assert stranger.user_id == 0


def test_the_link_sets_a_pin_and_logs_nobody_in() -> None:
    user = seen(person_with_phone(email="ana@example.test"))
    forgetful(user)
    link = link_in_mail()
    reader = Client()
    assert "no-store" in reader.get(link).headers["Cache-Control"]
    assert secret_fits(User.objects.get(), PIN)  # a scanner of mails that opens links changes nothing
    answer = reader.post(link, {"pin": NEW_PIN, "pin_again": NEW_PIN})
    assert answer.url == reverse("account_login")
    assert "_auth_user_id" not in reader.session
    assert reader.post(link, {"pin": OTHER_PIN, "pin_again": OTHER_PIN}).status_code == 404
    assert Phoning().log_in(user, NEW_PIN).status_code == 302


def test_the_link_is_in_the_language_of_the_person() -> None:
    user = seen(person_with_phone(email="ana@example.test", language="en"))
    forgetful(user)
    tasks.send_what_is_left()
    assert "asked for a new PIN" in mail.outbox[-1].body
    user = seen(person_with_phone(email="eva@example.test", language="es", e164="+526569998877"))
    browser = Phoning()
    browser.prove("656 999 8877")
    browser.post("phone-who", person=user.pk)
    browser.post("phone-forgot")
    tasks.send_what_is_left()
    assert "pidió un PIN nuevo" in mail.outbox[-1].body


def test_a_link_that_a_server_refuses_stays_pending_and_the_log_names_no_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forgetful(seen(person_with_phone(email="ana@example.test")))

    def refuse(*_mail: object) -> None:
        raise SMTPRecipientsRefused({"ana@example.test": (550, b"no such box")})

    monkeypatch.setattr(resets, "send_mail", refuse)
    with caplog.at_level("WARNING"):
        tasks.send_what_is_left()
        tasks.send_reset_mail(reset_id=PinReset.objects.get().pk)
    assert caplog.text.count("SMTPRecipientsRefused") == 2
    assert "ana@example.test" not in caplog.text
    assert resets.pending_mails() == [PinReset.objects.get().pk]


def test_a_link_is_over_after_an_hour_and_guessed_ones_lead_nowhere() -> None:
    user = seen(person_with_phone(email="ana@example.test"))
    forgetful(user)
    link = link_in_mail()
    reset = PinReset.objects.get()
    for token in (f"{reset.pk}-", f"{reset.pk}-{'a' * 40}", "0-a", "x", "-", f"{10**17}-a", link.strip("/")[-9:]):
        assert Client().get(reverse("pin-link", args=[token])).status_code == 404, token
    PinReset.objects.update(expires_at=timezone.now())
    assert Client().get(link).status_code == 404


def test_links_fill_no_mailbox() -> None:
    user = seen(person_with_phone(email="ana@example.test"))
    for _ in range(5):
        resets.ask_for_new_pin(user_id=user.pk)
    assert PinReset.objects.count() == resets.LINKS_A_DAY


def test_who_lost_the_phone_comes_back_on_a_new_number_with_a_help_code() -> None:
    ana = seen(person_with_phone())
    old = Phoning()
    old.log_in(ana)  # the session in the lost phone
    finder = forgetful(ana)
    wait_over()
    browser = Phoning()
    browser.prove(NEW_NUMBER)
    answer = browser.post("phone-help", help_code=help_code(ana), pin=NEW_PIN, pin_again=NEW_PIN)
    assert answer.url == reverse("after-login")
    assert browser.user_id == ana.pk
    ana.refresh_from_db()
    assert ana.phone is not None
    assert ana.phone.e164 == NEW_E164
    # The finder has the old phone: its session is over, the wait is off, the old number leads to nobody.
    assert old.get("profile").status_code == 302
    assert set_pin(finder, OTHER_PIN).url == reverse("phone-who")
    assert Phoning().prove().url == reverse("phone-register")
    assert Phoning().prove(NEW_NUMBER).url == reverse("phone-who")


def test_the_new_holder_of_an_old_number_registers_and_sees_nothing_of_the_one_before() -> None:
    ana = seen(person_with_phone(), 200)
    stranger = Phoning()
    stranger.prove()
    stranger.register("Eva", "Luna", OTHER_PIN)
    eva = User.objects.exclude(pk=ana.pk).get()
    assert stranger.user_id == eva.pk
    pages = "".join(stranger.get(name).content.decode() for name in ("profile", "my-account"))
    assert "Pérez" not in pages
    assert Phoning().log_in(ana, OTHER_PIN).status_code == 200
    assert Phoning().log_in(ana, PIN).status_code == 302  # and Ana, if she proves the number, still has her PIN


def test_a_help_code_works_once_for_its_person_and_not_for_long() -> None:
    ana = person_with_phone()
    code = help_code(ana)
    first, second = Phoning(), Phoning()
    first.prove(NEW_NUMBER)
    second.prove(NEW_NUMBER)
    form = {"help_code": f" {code.upper()} ", "pin": NEW_PIN, "pin_again": NEW_PIN}
    assert first.post("phone-help", **form).status_code == 302
    assert second.post("phone-help", **form).status_code == 200
    assert second.user_id == 0

    late = help_code(ana)
    PinReset.objects.update(expires_at=timezone.now())
    with pytest.raises(InvalidInput):
        resets.reset_by_help_code(late)
    before = help_code(ana)
    help_code(ana)  # a new one calls the one before off
    with pytest.raises(InvalidInput):
        resets.reset_by_help_code(before)


def test_help_codes_cannot_be_guessed_for_long() -> None:
    ana = person_with_phone()
    right = help_code(ana)
    browser = Phoning()
    browser.prove(NEW_NUMBER)
    wrong = right[:-1] + ("2" if right[-1] != "2" else "3")
    for _guess in range(10):
        browser.post("phone-help", help_code=wrong, pin=NEW_PIN, pin_again=NEW_PIN)
    answer = browser.post("phone-help", help_code=right, pin=NEW_PIN, pin_again=NEW_PIN)
    assert "Demasiados intentos" in answer.content.decode()
    assert browser.user_id == 0


def test_help_codes_of_staff_are_made_by_superusers_only() -> None:
    colleague = make.UserFactory(is_staff=True)
    with pytest.raises(NotAllowed):
        resets.issue_help_code(user_id=colleague.pk, staff=make.UserFactory(is_staff=True))
    with pytest.raises(NotAllowed):
        resets.issue_help_code(user_id=make.UserFactory(is_active=False).pk, staff=colleague)
    assert help_code(colleague)


def test_staff_make_a_help_code_in_the_admin_and_the_log_does_not_keep_it() -> None:
    ana = person_with_phone()
    client = Client()
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    action = {"action": "issue_help_code", "_selected_action": [ana.pk]}
    page = client.post(reverse("admin:accounts_user_changelist"), action, follow=True).content.decode()
    code = resets.link_token(PinReset.objects.get())
    assert code in page
    entry = LogEntry.objects.get(object_id=str(ana.pk))
    assert code.split("-")[1] not in entry.change_message
    other = person_with_phone("Luis")
    client.post(
        reverse("admin:accounts_user_changelist"), action | {"_selected_action": [ana.pk, other.pk]}, follow=True
    )
    assert PinReset.objects.count() == 1


def test_a_person_without_a_pin_uses_the_password_or_asks_for_a_pin() -> None:
    user = person_with_phone(email="ana@example.test")
    User.objects.update(pin="")
    assert Phoning().log_in(user, PIN).status_code == 200
    assert Phoning().log_in(user, make.PASSWORD).status_code == 302
    nobody = person_with_phone("Eva", "Luna", e164="+526569998877")
    nobody.set_unusable_password()
    nobody.pin = ""
    nobody.save()
    browser = Phoning()
    browser.prove("656 999 8877")
    browser.post("phone-who", person=nobody.pk)
    for typed in ("", "000000", "!", nobody.password, PIN):
        assert browser.post("phone-secret", secret=typed).status_code == 200, typed
    assert browser.user_id == 0
    browser.post("phone-help", help_code=help_code(nobody), pin=NEW_PIN, pin_again=NEW_PIN)
    assert browser.user_id == nobody.pk


def test_nobody_is_locked_out_for_good_by_wrong_pins_of_somebody_else() -> None:
    ana = person_with_phone(email="ana@example.test")
    person_with_phone("Luis", "Soto", OTHER_PIN)
    SecretTries.objects.create(user=ana, failures=50, blocked_until=timezone.now() + timedelta(hours=1))
    assert Phoning().log_in(ana).status_code == 200  # she waits, but
    by_mail = Client()
    by_mail.post(reverse("account_login"), {"login": ana.email, "password": make.PASSWORD})
    assert by_mail.session["_auth_user_id"] == str(ana.pk)  # her e-mail lets her in,
    helped = Phoning()
    helped.prove(NEW_NUMBER)
    helped.post("phone-help", help_code=help_code(ana), pin=NEW_PIN, pin_again=NEW_PIN)
    assert helped.user_id == ana.pk  # and so does a help code, on a number that Luis has not got.
    assert SecretTries.objects.get(user=ana).failures == 0


def test_the_pin_that_was_easy_is_refused_in_every_way_to_a_new_one() -> None:
    ana = seen(person_with_phone())
    browser = forgetful(ana)
    wait_over()
    assert "muy fácil de adivinar" in set_pin(browser, "123456").content.decode()
    assert browser.post("phone-new-pin", pin=NEW_PIN, pin_again=OTHER_PIN).status_code == 200
    assert secret_fits(User.objects.get(), PIN)
    assert Phone.objects.get().e164 == E164
    assert NUMBER.replace(" ", "") in E164
