"""The API describes itself, in the reader's language, without costing a second each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import ZoneFactory
from workforce.core.api import views

ERRORS = {"400", "406", "429"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return views.described("en")


def test_the_schema_is_public_in_both_formats_and_languages(client: Client) -> None:
    yaml = client.get("/api/v1/schema/?lang=es")
    assert yaml.headers["Content-Type"].startswith("application/vnd.oai.openapi")
    english = client.get("/api/v1/schema/?format=json&lang=en").json()
    spanish = client.get("/api/v1/schema/?format=json&lang=es").json()
    assert english["openapi"].startswith("3.0")
    assert set(english["paths"]) == set(spanish["paths"])
    assert english["components"]["responses"] != spanish["components"]["responses"]


def test_the_page_of_documentation_uses_nothing_inline_and_nothing_foreign(client: Client) -> None:
    page = client.get("/api/v1/docs/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "<style" not in html
    assert "style=" not in html
    assert html.count("<script") == html.count("<script src=")
    assert "http://" not in html.replace("http://testserver", "")
    assert "https://" not in html


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in schema["paths"].items() for method, one in methods.items()]


def test_every_operation_says_which_errors_it_answers_with(schema: dict[str, Any]) -> None:
    for path, method, one in operations(schema):
        answers = set(one["responses"])
        where = f"{method} {path}"
        assert answers >= ERRORS, where
        assert "{" not in path or "404" in answers, where
        assert method in {"get", "delete"} or answers >= {"409", "413", "415"}, where
        assert ("412" in answers) == ("428" in answers) == any(p["name"] == "If-Match" for p in one["parameters"]), (
            where
        )
        assert any(p["name"] == "lang" for p in one["parameters"]), where


def test_every_operation_has_words_and_a_tag(schema: dict[str, Any]) -> None:
    silent = [f"{method} {path}" for path, method, one in operations(schema) if not one.get("description")]
    assert not silent
    untagged = [f"{method} {path}" for path, method, one in operations(schema) if one["tags"] == ["api"]]
    assert not untagged


def test_every_write_shows_an_example(schema: dict[str, Any]) -> None:
    bare = []
    for path, method, one in operations(schema):
        content = one.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None and "examples" not in content:
            bare.append(f"{method} {path}")
    assert not bare


@pytest.mark.django_db
def test_options_and_head_are_answered(client: Client) -> None:
    ZoneFactory(code="a")
    assert client.head("/api/v1/zones/").status_code == 200
    assert client.options("/api/v1/zones/").json()["name"]
