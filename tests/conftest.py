"""Fixtures and tripwires that hold for every test."""

from __future__ import annotations

import copy
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
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation

from tests.access.world import World, build_world
from tests.budgets import QueryBudget
from tests.services import ServiceUnavailable, postgres_server, redis_server
from workforce.skills.extracting import forget_extractor
from workforce.skills.linking import forget_linkers
from workforce.skills.search import forget_indexes

# Where the machine is ours to fill, what is missing is a failure and not a reason to skip.
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
POST_FORM = re.compile(r"<form\b(?=[^>]*\bmethod=[\"']?post\b)[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)


NEEDS_SERVICE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--on-services``: for the run on PostgreSQL and Redis behind the one on SQLite."""
    parser.addoption(
        "--on-services",
        action="store_true",
        help="leave out what no database and no broker can change: tests that ask for neither, and those marked once",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run nothing a second time that would do the very same a second time."""
    if not config.getoption("on_services"):
        return
    again = [item for item in items if _meets_a_service(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in {*again}])
    items[:] = again


def _meets_a_service(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("services")
    return marked is not None or bool(NEEDS_SERVICE & {*getattr(item, "fixturenames", ())})


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
    forget_extractor()
    with translation.override("es"):
        yield


@pytest.fixture(scope="module")
def _built_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of the access table, made once for a module; the database forgets it behind the module's last test."""
    with django_db_blocker.unblock(), translation.override("es"):
        opened = transaction.atomic()
        opened.__enter__()
        built = build_world()
    yield built
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        opened.__exit__(None, None, None)


@pytest.fixture
def shared_world(_built_once: World, db: None) -> World:
    """The module's world as it was made: rows come back by the test's own rollback, objects are copies."""
    return copy.deepcopy(_built_once)


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
