"""Fixtures and tripwires that hold for every test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation

from tests.budgets import QueryBudget
from tests.services import ServiceUnavailable, postgres_server, redis_server
from workforce.skills.linking import forget_linkers
from workforce.skills.search import forget_indexes

# Where the machine is ours to fill, what is missing is a failure and not a reason to skip.
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
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
    """Start with an empty cache, no look-up of skills, and Spanish, whatever the test before has left."""
    cache.clear()
    forget_indexes()
    forget_linkers()
    with translation.override("es"):
        yield


@pytest.fixture
def query_budget() -> QueryBudget:
    """Get pages and hold them to their committed number of queries; see ``tests/budgets.py``."""
    return QueryBudget.load()


def _missing(what: str) -> None:
    if IN_CI:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(autouse=True)
def _browser_tests_need_a_browser(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("e2e") and not CHROMIUM:
        _missing("no chromium on this machine")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser for Playwright's ``executable_path``."""
    if not CHROMIUM:
        _missing("no chromium on this machine")
    return str(CHROMIUM)


def _started(server: AbstractContextManager[str]) -> str:
    try:
        return server.__enter__()
    except ServiceUnavailable as error:
        _missing(str(error))
        raise


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty database of a real PostgreSQL, apart from the one that the suite itself runs on."""
    given = os.environ.get("DATABASE_URL", "")
    server = None if given.startswith("postgres") else postgres_server()
    url = given if server is None else _started(server)
    name = f"apart_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    if server is None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    else:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """An empty database of a real Redis, apart from the one that the suite itself runs on."""
    if given := os.environ.get("REDIS_URL"):
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        yield urlunsplit(urlsplit(given)._replace(path=f"/{15 - worker}"))
        return
    server = redis_server()
    yield _started(server)
    server.__exit__(None, None, None)
