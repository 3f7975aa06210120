"""Fixtures and tripwires that hold for every test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation

from tests.budgets import QueryBudget

POST_FORM = re.compile(r"<form\b(?=[^>]*\bmethod=[\"']?post\b)[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)


def check_forms_have_tokens(path: str, html: str) -> None:
    """Fail the test when a form that posts carries no CSRF token."""
    for form in POST_FORM.findall(html):
        if "csrfmiddlewaretoken" not in form:
            pytest.fail(f"A form that posts has no CSRF token on {path}: {form[:200]}", pytrace=False)


@pytest.fixture(autouse=True)
def _forms_carry_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at every HTML page that a test client gets."""
    plain_request = Client.request

    def request(self: Client, **request: Any) -> HttpResponseBase:
        response = plain_request(self, **request)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            check_forms_have_tokens(request.get("PATH_INFO", ""), response.content.decode())
        return response

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture(autouse=True)
def _nothing_leaks_between_tests() -> Iterator[None]:
    """Start with an empty cache and Spanish, whatever the test before has left."""
    cache.clear()
    with translation.override("es"):
        yield


@pytest.fixture
def query_budget() -> QueryBudget:
    """Get pages and hold them to their committed number of queries; see ``tests/budgets.py``."""
    return QueryBudget.load()
