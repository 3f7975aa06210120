"""The API keeps to its own description: generated requests, right and wrong, against every operation.

Each operation of the schema is called as several kinds of user, with addresses of rows that exist (taken from the
access table) and with invented ones. New endpoints are found by themselves.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.access.routes import all_routes
from tests.access.test_access import ROWS
from tests.access.world import World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
KINDS = ("anonymous", "technician", "recruiter", "institute")
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "4"))  # more by hand, to look deeper
TOKEN = "t" * 32  # the double-submitted CSRF token: cookie and header only have to be the same


def _schema() -> Any:
    """Describe the API as it is in the code now, not as docs/openapi.yaml remembers it."""
    described = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    schema = schemathesis.openapi.from_dict(described)
    schema.app = get_wsgi_application()
    schema.config.update(base_url="http://testserver")
    return schema


SCHEMA = _schema()
PATTERNS = {route.name: route.pattern for route in all_routes() if route.name.startswith("api-")}
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]


def shape(address: str) -> str:
    """An address with a hole for each of its parameters, whether Django or the schema wrote it."""
    return re.sub(r"<[^>]*>|{[^}]*}", "{}", simplify_regex(address))


@pytest.fixture(autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """Django closes old connections around each request; here that would end the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def _headers(world: World, kind: str) -> dict[str, str]:
    """Return the headers of a browser in which ``kind`` is logged in and has opened a page."""
    cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
    client = world.client(kind)
    if settings.SESSION_COOKIE_NAME in client.cookies:
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": TOKEN}


def _known_address(world: World, path: str) -> dict[str, Any]:
    """Return path parameters of a row that exists, found through the access table."""
    names = re.findall(r"{(\w+)}", path)
    pattern = re.compile(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(path)) + r"\Z")
    for row in ROWS if names else ():
        if shape(PATTERNS.get(row.route, "")) == shape(path):
            found = pattern.match(reverse(row.route, kwargs=row.args(world)))
            assert found is not None, f"{row.route} is not {path}"
            return dict(zip(names, found.groups(), strict=True))
    return {}


def _call(world: World, operation: Any, kind: str, mode: GenerationMode, known: dict[str, Any]) -> None:
    strategy = operation.as_strategy(generation_mode=mode, **({"path_parameters": known} if known else {}))
    headers = _headers(world, kind)

    @hypothesis_settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def check(case: Any) -> None:
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    check()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method.upper()} {one.path}")
def test_the_api_does_what_it_says(shared_world: World, operation: Any, kind: str) -> None:
    world = shared_world
    known = _known_address(world, operation.path)
    _call(world, operation, kind, GenerationMode.POSITIVE, known)
    if kind != "anonymous" and (operation.body or operation.query or operation.path_parameters):
        _call(world, operation, kind, GenerationMode.NEGATIVE, {})
