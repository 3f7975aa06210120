"""The gateway for texts: what is sent, and what becomes of a code when the gateway or the broker is not there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.services import free_port
from tests.workforce.accounts.gateway_stub import Stub, running
from tests.workforce.accounts.phone_world import E164, Phoning, newest_code
from workforce.accounts import codes, tasks
from workforce.accounts.gateway import GatewayError, current_gateway
from workforce.accounts.gateway.console import ConsoleGateway
from workforce.accounts.gateway.http import HttpGateway
from workforce.accounts.models import PhoneCode
from workforce.core import kicks


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running() as stub:
        yield stub


@pytest.fixture
def by_http(stub: Stub, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stub:
    """The site sends by the stub, and nobody waits long."""
    settings.PHONE_GATEWAY_URL, settings.PHONE_GATEWAY_TIMEOUT = f"{stub.url}/send?from=puente", 0.3
    monkeypatch.setattr("workforce.accounts.gateway.http.time.sleep", lambda seconds: None)
    return stub


def gateway(stub: Stub, **more: Any) -> HttpGateway:
    return HttpGateway(f"{stub.url}/send?from=puente", **{"timeout": 0.3, "pauses": (0.0, 0.0), **more})


def send(by: HttpGateway) -> None:
    by.send(to=E164, text="Puente: ñandú 123456", reference="code-7")


def test_a_text_is_posted_as_json_with_the_header_of_the_settings(stub: Stub) -> None:
    send(gateway(stub, header="Authorization: Bearer a:b"))
    [(path, headers, body)] = stub.requests
    assert path == "/send?from=puente"
    assert body == {"to": E164, "text": "Puente: ñandú 123456", "reference": "code-7"}
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer a:b", "code-7")


@pytest.mark.parametrize("trouble", [500, 503, 429, 408, "slow", "garbage", "cut"])
def test_another_try_is_made_with_the_same_reference(stub: Stub, trouble: int | str) -> None:
    stub.answers = [trouble, trouble, 200]
    send(gateway(stub))
    assert len(stub.requests) == 3
    assert stub.sent == {"code-7"}


@pytest.mark.parametrize("trouble", [500, "slow", "garbage", "cut"])
def test_after_three_tries_it_is_for_later(stub: Stub, trouble: int | str) -> None:
    stub.answers = [trouble]
    with pytest.raises(GatewayError) as failed:
        send(gateway(stub))
    assert failed.value.again
    assert len(stub.requests) == 3


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 422])
def test_what_no_other_try_would_help_is_tried_once_and_no_redirect_is_followed(stub: Stub, status: int) -> None:
    stub.answers = [status]
    with pytest.raises(GatewayError) as failed:
        send(gateway(stub, header="Authorization: Bearer secret"))
    assert not failed.value.again
    assert [path for path, _headers, _body in stub.requests] == ["/send?from=puente"]


def test_nobody_listens() -> None:
    with pytest.raises(GatewayError) as failed:
        send(HttpGateway(f"http://127.0.0.1:{free_port()}/", timeout=0.3, pauses=(0.0,)))
    assert failed.value.again


@pytest.mark.parametrize("url", ["ftp://example.test/", "example.test", "http://", "file:///etc/passwd"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="http or https"):
        HttpGateway(url)


def test_the_console_shows_no_codes_in_production(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(current_gateway(), ConsoleGateway)
    current_gateway().send(to=E164, text="123456", reference="r")
    assert "123456" in capsys.readouterr().out
    settings.PRODUCTION = True
    with pytest.raises(GatewayError):
        current_gateway().send(to=E164, text="123456", reference="r")
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_code_goes_out_once_whoever_sends_it(by_http: Stub) -> None:
    Phoning().ask()
    code = PhoneCode.objects.get()
    for _ in range(2):
        tasks.send_code(code_id=code.pk)
        tasks.send_what_is_left()
    assert [body["to"] for _path, _headers, body in by_http.requests] == [E164]
    assert newest_code() in by_http.requests[0][2]["text"]
    assert "Puente: tu código es" in by_http.requests[0][2]["text"]


@pytest.mark.django_db
def test_a_gateway_that_is_away_gets_the_code_later_under_the_same_reference(by_http: Stub) -> None:
    Phoning().ask()
    by_http.answers = [500, 500, "slow", 200]
    tasks.send_what_is_left()
    assert PhoneCode.objects.get().sent_at is None
    tasks.send_what_is_left()  # the claim of the one who failed still runs
    assert len(by_http.requests) == 3
    PhoneCode.objects.update(claimed_at=timezone.now() - codes.IN_FLIGHT - timedelta(seconds=1))
    tasks.send_what_is_left()
    assert PhoneCode.objects.get().sent_at is not None
    assert len(by_http.requests) == 4
    assert len(by_http.sent) == 1


@pytest.mark.django_db
def test_a_gateway_that_never_answers_is_not_asked_for_ever_nor_after_the_code_is_over(by_http: Stub) -> None:
    Phoning().ask()
    by_http.answers = [500]
    for _ in range(codes.SENDINGS + 3):
        tasks.send_what_is_left()
        PhoneCode.objects.update(claimed_at=None)
    assert len(by_http.requests) == codes.SENDINGS * 3
    Phoning().ask()
    PhoneCode.objects.update(expires_at=timezone.now())
    tasks.send_what_is_left()
    assert len(by_http.requests) == codes.SENDINGS * 3


@pytest.mark.django_db
def test_logs_hold_neither_number_nor_code(by_http: Stub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Phoning().ask()
    by_http.answers = [500, "garbage", 401]
    tasks.send_what_is_left()
    assert "was not sent" in caplog.text
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("workforce"))
    assert newest_code() not in ours
    assert E164[3:] not in ours


@pytest.mark.django_db
@pytest.mark.parametrize("gateway_too", [False, True])
def test_without_a_broker_the_page_sends_the_code_itself(
    by_http: Stub, monkeypatch: pytest.MonkeyPatch, gateway_too: bool
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.send_code, "apply_async", refuse)
    by_http.answers = [500 if gateway_too else 200]
    kicks.forget_failure()
    browser = Phoning()
    assert browser.ask().status_code == 302
    kicks.forget_failure()
    assert len(by_http.sent) == 1
    assert (PhoneCode.objects.get().sent_at is None) is gateway_too
    assert browser.post("phone-code", code=newest_code()).status_code == 302


@pytest.mark.django_db
def test_old_codes_and_the_numbers_with_them_are_forgotten() -> None:
    Phoning().ask()
    tasks.forget_old_codes()
    assert PhoneCode.objects.count() == 1
    PhoneCode.objects.update(expires_at=timezone.now() - codes.KEPT - timedelta(minutes=1))
    tasks.forget_old_codes()
    assert not PhoneCode.objects.exists()
