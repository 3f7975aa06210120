"""The outbox: nothing is lost, nothing goes out twice, whatever fails."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from tests import factories as make
from tests.workforce.notifications.making import delivery, make_due, told
from workforce.notifications import outbox
from workforce.notifications.models import Delivery
from workforce.notifications.services import try_again

pytestmark = pytest.mark.django_db


class Broken(EmailBackend):
    """A mail server that takes the text and then fails, as often as ``faults`` has entries."""

    faults: list[Exception] = []

    def send_messages(self, messages: Any) -> int:
        if Broken.faults:
            raise Broken.faults.pop(0)
        return super().send_messages(messages)


class Away(EmailBackend):
    """No mail server at all."""

    def open(self) -> bool:
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def broken(settings: Any) -> type[Broken]:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    Broken.faults = []
    return Broken


def state(row: Delivery) -> tuple[str, int, str]:
    row.refresh_from_db()
    return row.state, row.tries, row.last_error


def test_what_is_due_goes_out_once() -> None:
    row = delivery(email="ana@example.test")
    assert outbox.send_due() == 1
    assert outbox.send_due() == 0
    assert state(row) == ("sent", 1, "")
    (message,) = mail.outbox
    assert message.to == ["ana@example.test"]
    assert str(row.ref) in message.extra_headers["Message-ID"]


def test_logs_keep_no_address_that_a_mail_server_quotes(broken: type[Broken], caplog: pytest.LogCaptureFixture) -> None:
    row = delivery(email="ana.marker@example.test")
    broken.faults = [smtplib.SMTPResponseException(450, b"450 <ana.marker@example.test> is busy")]
    outbox.send_due()
    assert f"Delivery {row.ref} was not sent: SMTPResponseException" in caplog.text
    assert "test_outbox.py:" in caplog.text, "and where it failed"
    assert "ana.marker" not in caplog.text
    assert state(row) == ("pending", 1, "SMTPResponseException 450")


def test_a_failure_waits_longer_each_time_and_ends_with_staff(broken: type[Broken]) -> None:
    row = delivery()
    broken.faults = [smtplib.SMTPServerDisconnected("gone")] * outbox.MAX_TRIES
    waits = []
    for _turn in range(outbox.MAX_TRIES):
        before = timezone.now()
        outbox.send_due()
        row.refresh_from_db()
        waits.append(row.next_try_at - before)
        make_due()
    assert waits[:-1] == sorted(waits[:-1])
    assert state(row) == ("failed", outbox.MAX_TRIES, "SMTPServerDisconnected")
    assert mail.outbox == []
    assert try_again(delivery_ids=[row.pk]) == 1
    outbox.send_due()
    assert (state(row)[0], len(mail.outbox)) == ("sent", 1)


def test_one_bad_address_does_not_stop_the_others(broken: type[Broken]) -> None:
    first, second = delivery(), delivery()
    broken.faults = [smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")})]
    assert outbox.send_due() == 1
    assert (state(first)[0], state(second)[0]) == ("failed", "sent")


def test_without_a_mail_server_everything_waits_and_no_try_is_counted(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    rows = [delivery(), delivery()]
    assert outbox.send_due() == 0
    assert {state(row)[:2] for row in rows} == {("pending", 0)}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_due()
    assert outbox.send_due() == 2


def test_a_worker_killed_in_the_middle_loses_nothing_and_the_second_mail_is_known_as_the_same() -> None:
    row = delivery()
    claimed = outbox.claim()
    assert claimed is not None
    assert outbox.send_due() == 0  # it is somebody's
    Delivery.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert outbox.send_due() == 1
    assert str(row.ref) in mail.outbox[0].extra_headers["Message-ID"]
    assert not outbox.settle(claimed, state="failed")  # the late one writes nothing
    assert state(row)[:2] == ("sent", 2)


def test_a_delivery_at_which_workers_die_does_not_come_for_ever() -> None:
    row = delivery()
    for _turn in range(outbox.MAX_TRIES):
        assert outbox.claim() is not None
        Delivery.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert outbox.claim() is None
    assert state(row)[0] == "failed"


def test_a_person_who_has_no_address_any_more_is_skipped_and_has_the_inbox() -> None:
    row = delivery()
    row.user.email, row.user.phone = None, make.PhoneFactory()
    row.user.save()
    assert outbox.send_due() == 0
    assert state(row)[0] == "skipped"
    assert row.user.notifications.count() == 1


def test_somebody_without_mail_gets_no_delivery_but_the_inbox() -> None:
    notification = told(make.UserFactory(email=None, phone=make.PhoneFactory()))
    assert not notification.deliveries.exists()
