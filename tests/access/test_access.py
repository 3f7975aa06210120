"""Who may do what: every route of the web and the API, for every kind of user."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

import tests.access
from tests import factories as make
from tests.access.routes import Route, all_routes, by_name
from tests.access.table import KINDS, METHODS, Row
from tests.access.world import World, everything_stored, statements_that_write

GRANTED = {400, 405, 409, 412, 413, 415, 422, 428}  # let in, and then told that the request itself is not right
ROUTES = by_name(all_routes())


def _rows() -> list[Row]:
    files = [name for _, name, _ in pkgutil.iter_modules(tests.access.__path__) if name.startswith("rows_")]
    return [row for name in sorted(files) for row in importlib.import_module(f"tests.access.{name}").ROWS]


ROWS = _rows()
CASES = [(row, method) for row in ROWS for method in row.methods]


def _ids(value: Any) -> str:
    return value.route if isinstance(value, Row) else str(value)


def outcome_of(response: HttpResponseBase) -> str:
    """Put a response into the words of the table."""
    status = response.status_code
    if status in {301, 302, 303} and "/accounts/login/" in response.headers["Location"]:
        return "login"
    if status < 400 or status in GRANTED:
        return "ok"
    return str(status)


def ask(world: World, row: Row, method: str, kind: str) -> HttpResponseBase:
    """Send one request as one kind of user; nothing of it stays."""
    client = world.client(kind)
    address = reverse(row.route, kwargs=row.args(world)) + row.query
    more: dict[str, Any] = {"headers": dict(row.headers)}
    if method != "GET":
        more["data"] = row.body(world)
        if address.startswith("/api/"):
            more["content_type"] = "application/json"
    response: HttpResponseBase = getattr(client, method.lower())(address, **more)
    return response


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    named = {row.route for row in ROWS}
    missing = {route.name: route.pattern for route in ROUTES.values() if route.name not in named}
    assert not missing, f"routes without a row in tests/access/rows_<app>.py: {missing}"
    assert not named - set(ROUTES), f"rows of routes that do not exist: {named - set(ROUTES)}"


def test_every_method_of_a_view_has_a_row() -> None:
    told: dict[str, set[str]] = {}
    for row in ROWS:
        told.setdefault(row.route, set()).update(row.methods)
    missing = {
        name: sorted(set(route.methods) - told.get(name, set()))
        for name, route in ROUTES.items()
        if route.methods is not None and set(route.methods) - told.get(name, set())
    }
    assert not missing, f"methods without a row: {missing}"


@pytest.mark.django_db
def test_a_write_is_noticed_and_a_log_in_is_not_taken_for_one() -> None:
    user = make.UserFactory()
    with statements_that_write() as wrote:
        Client().force_login(user)
    assert wrote == []
    with statements_that_write() as wrote:
        user.save()
    assert len(wrote) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "method"), CASES, ids=_ids)
def test_each_kind_of_user_gets_what_the_table_says(shared_world: World, row: Row, method: str) -> None:
    world = shared_world
    expected = row.methods[method]
    row.prepare(world)
    before = everything_stored() if method != "GET" else {}
    found = {}
    for kind in KINDS:
        with transaction.atomic():
            with statements_that_write() as wrote:
                found[kind] = outcome_of(response := ask(world, row, method, kind))
            assert response.status_code < 500, f"{kind}: {response.status_code}"
            if before and found[kind] != "ok" and wrote:
                assert everything_stored() == before, f"{kind} was denied, yet wrote"
            transaction.set_rollback(True)
    assert found == dict(expected)


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in ROUTES.values() if route.methods is None], ids=lambda r: r.name)
def test_a_method_without_a_row_is_refused(shared_world: World, route: Route) -> None:
    """Function views do not say which methods they take: try those that the table does not name."""
    rows = [row for row in ROWS if row.route == route.name]
    if not rows:
        pytest.fail("no row")
    told = {method for row in rows for method in row.methods}
    world = shared_world
    rows[0].prepare(world)
    for kind in ("anonymous", "technician", "recruiter", "institute"):
        for method in (method for method in METHODS if method not in told):
            with transaction.atomic():
                status = ask(world, rows[0], method, kind).status_code
                transaction.set_rollback(True)
            assert status in {302, 401, 403, 404, 405}, f"{method} as {kind} answered {status}, and has no row"
