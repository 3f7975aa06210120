"""Every error of the API is a problem document, in the reader's language, with a stable code."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import Client
from rest_framework import exceptions
from rest_framework.test import APIRequestFactory

from tests.factories import PlantFactory, UserFactory
from workforce.accounts.models import User
from workforce.core.api.catalogue import PROBLEMS
from workforce.core.api.handler import problem_handler
from workforce.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotThere, StaleRevision

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "code", "detail", "instance", "errors"}


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) >= MEMBERS
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"/api/v1/problems/{code}/"
    return body


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(UserFactory(language="en"))
    return client


def test_strangers_are_told_to_log_in_with_a_challenge(client: Client) -> None:
    answer = client.get("/api/v1/me/")
    body = problem(answer, 401, "not_authenticated")
    assert body["detail"] == "Necesitas iniciar sesión para hacer esto."
    assert answer.headers["WWW-Authenticate"].startswith("Session")


def test_a_write_without_the_token_of_the_page_has_a_code_of_its_own() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    problem(client.patch("/api/v1/me/", {"language": "en"}, "application/json"), 403, "csrf_failed")


@pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/nothing", "/api/v1/zones/nowhere/"])
def test_what_does_not_exist_is_a_problem_too(client: Client, address: str) -> None:
    body = problem(client.get(address), 404, "not_found")
    assert body["instance"] == address


def test_a_method_that_is_not_taken_says_which_are(client: Client) -> None:
    answer = client.delete("/api/v1/zones/")
    problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


def test_another_format_than_json_is_refused_both_ways(member: Client) -> None:
    problem(member.get("/api/v1/zones/", headers={"Accept": "text/csv"}), 406, "not_acceptable")
    problem(member.patch("/api/v1/me/", "language=en", "text/plain"), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[" * 100_000 + "]" * 100_000,
        '{"language": NaN}',
        '{"language": 1e999}',
        '{"language": "\\u0000"}',
        '{"language": "\\ud800"}',
        '{"a\\u0000": 1}',
        b"\xff\xfe{\x00}\x00",
    ],
    ids=["cut", "deep", "nan", "infinite", "nul", "half-character", "nul-key", "utf-16"],
)
def test_what_cannot_be_read_or_kept_is_malformed(member: Client, body: str | bytes) -> None:
    problem(member.patch("/api/v1/me/", body, "application/json"), 400, "malformed_request")


def test_too_much_at_once_is_refused_before_it_is_read(member: Client) -> None:
    problem(
        member.patch("/api/v1/me/", '{"language": "' + "x" * 2_600_000 + '"}', "application/json"), 413, "too_large"
    )


@pytest.mark.parametrize("address", ["/api/v1/zones/?city=%00", "/api/v1/zones/%00/", "/api/v1/problems/%00/"])
def test_a_nul_in_an_address_is_malformed(client: Client, address: str) -> None:
    problem(client.get(address), 400, "malformed_request")


def test_a_nul_in_the_address_of_a_page_is_a_bad_request(client: Client) -> None:
    assert client.get("/accounts/login/?next=%00").status_code == 400


def test_a_language_that_we_do_not_speak_is_refused(client: Client) -> None:
    body = problem(client.get("/api/v1/zones/?lang=fr"), 400, "invalid_input")
    assert body["errors"][0]["field"] == "lang"


@pytest.mark.parametrize("lang", ["es", "en"])
def test_problems_speak_the_asked_language(client: Client, lang: str) -> None:
    texts = {code: client.get(f"/api/v1/zones/x/?lang={code}").json()["title"] for code in ("es", "en")}
    assert texts["en"] == "There is nothing here"
    assert texts["es"] != texts["en"]
    assert client.get("/api/v1/zones/x/", headers={"Accept-Language": lang}).json()["title"] == texts[lang]


def test_the_language_of_the_account_wins_over_the_browser(member: Client) -> None:
    answer = member.get("/api/v1/zones/x/", headers={"Accept-Language": "es"})
    assert answer.json()["title"] == "There is nothing here"


def test_a_crash_answers_500_without_telling_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("workforce.places.api.ZoneViewSet.list", crash)
    answer = Client(raise_request_exception=False).get("/api/v1/zones/")
    problem(answer, 500, "server_error")
    assert b"secret" not in answer.content


def test_too_many_requests_say_how_long_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rest_framework.throttling.AnonRateThrottle.rate", "1/hour", raising=False)
    assert client.get("/api/v1/zones/").status_code == 200
    answer = client.get("/api/v1/zones/")
    problem(answer, 429, "throttled")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600


def test_every_kind_of_problem_can_be_looked_up(client: Client) -> None:
    listed = client.get("/api/v1/problems/?lang=en").json()
    assert {row["code"] for row in listed} == set(PROBLEMS)
    for row in listed:
        assert client.get(f"/api/v1/problems/{row['code']}/?lang=en").json() == row
    problem(client.get("/api/v1/problems/none_such/"), 404, "not_found")


# --- the handler by itself ------------------------------------------------------------------------------------------


def handled(error: Exception) -> tuple[int, dict[str, Any], HttpResponse]:
    response = problem_handler(error, {"request": APIRequestFactory().get("/api/v1/x/")})
    assert response is not None
    return response.status_code, response.data, response


@pytest.mark.parametrize(
    ("error", "status", "code", "kind"),
    [
        (Conflict("role_closed", "No."), 409, "role_closed", "conflict"),
        (DomainError("odd", "No."), 409, "odd", "conflict"),
        (InvalidInput("pay_order", "No.", field="pay_max"), 400, "pay_order", "invalid_input"),
        (NotAllowed("not_owner", "No."), 403, "not_owner", "permission_denied"),
        (NotThere("gone", "No."), 404, "gone", "not_found"),
    ],
)
def test_what_a_service_refuses_keeps_its_code_and_message(error: Exception, status: int, code: str, kind: str) -> None:
    found, body, _ = handled(error)
    assert (found, body["code"], body["detail"]) == (status, code, "No.")
    assert body["type"] == f"/api/v1/problems/{kind}/"


def test_errors_of_a_service_name_their_fields() -> None:
    _, body, _ = handled(InvalidInput("pay_order", "No.", field="pay_max", errors={"pay_min": "Yes?"}))
    assert {row["field"] for row in body["errors"]} == {"pay_min", "pay_max"}


def test_words_of_a_view_are_kept_and_those_of_the_framework_are_not() -> None:
    assert handled(exceptions.PermissionDenied("Only owners."))[1]["detail"] == "Only owners."
    assert handled(exceptions.PermissionDenied())[1]["detail"] == str(PROBLEMS["permission_denied"].detail)
    assert handled(exceptions.MethodNotAllowed("PUT"))[1]["detail"] == str(PROBLEMS["method_not_allowed"].detail)


def test_a_stale_revision_names_the_newest() -> None:
    found, body, response = handled(StaleRevision(9))
    assert (found, body["current_revision"], response.headers["ETag"]) == (412, 9, '"9"')


def test_nested_errors_have_dotted_fields() -> None:
    nested = {
        "skills": [{}, {"level": [exceptions.ErrorDetail("No.", code="invalid_choice")]}],
        "non_field_errors": [exceptions.ErrorDetail("Whole.", code="unique")],
        "shifts": {0: [exceptions.ErrorDetail("Odd.", code="invalid")]},
    }
    _, body, _ = handled(exceptions.ValidationError(nested))
    assert [(row["field"], row["code"]) for row in body["errors"]] == [
        ("skills.1.level", "invalid_choice"),
        ("", "unique"),
        ("shifts.0", "invalid"),
    ]


def test_what_a_model_refuses_is_invalid_input() -> None:
    _, body, _ = handled(ValidationError({"pay_min": ValidationError("No.", code="min_value")}))
    assert body["errors"] == [{"field": "pay_min", "code": "min_value", "detail": "No."}]


def test_what_the_database_refuses_is_a_conflict_without_its_words() -> None:
    found, body, _ = handled(IntegrityError("UNIQUE constraint failed: secret.column"))
    assert (found, body["code"]) == (409, "conflict")
    assert "secret" not in str(body)


def test_what_others_depend_on_is_in_use() -> None:
    plant = PlantFactory()
    with pytest.raises(ProtectedError) as caught:
        plant.zone.delete()
    assert handled(caught.value)[1]["code"] == "in_use"


def test_nobody_foresaw_it_is_left_to_the_500() -> None:
    assert problem_handler(RuntimeError("x"), {"request": APIRequestFactory().get("/")}) is None


def test_a_full_set_of_texts_exists_for_each_problem() -> None:
    assert all(str(one.title) and str(one.detail) and 400 <= one.status < 600 for one in PROBLEMS.values())
    assert User.objects.count() == 0
