"""Nothing of an organization that is not verified is public: not its name, its roles, plants, programmes, nor papers.

Generated from the table of routes and from the models: every text of every row that hangs on an organization carries
a marker, every address is asked for, and the marker must be nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, F, Field, FileField, Model, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.access.table import Row
from tests.access.test_access import ROWS
from tests.access.world import World, build_world
from workforce.accounts.choices import Verification
from workforce.accounts.models import Organization

MARK = "zqxmarca"
ROOM = 30  # what the word, the marker and a key need
WORD = "soldadora"  # stands beside each marker: what is searched for, as pages repeat what they were asked
UNVERIFIED = [state for state in Verification if state != Verification.VERIFIED]
KEPT = {"time_zone", "source", "kind", "dedupe_key"}  # read by the program, shown to nobody
STRANGERS = ("anonymous", "other_technician")
QUERIES = ("", f"?q={WORD}", f"?q={WORD}&organization={{slug}}", "?format=csv")
PUBLIC = [row for row in ROWS if row.GET is not None]


def path_to_organization(model: type[Model], depth: int = 3) -> str | None:
    """How a row of the model leads to its organization; "" for an organization itself."""
    if model is Organization:
        return ""
    for column in model._meta.concrete_fields:
        if not column.is_relation or depth == 0 or column.related_model is model:
            continue
        further = path_to_organization(column.related_model, depth - 1)
        if further is not None:
            return f"{column.name}__{further}" if further else column.name
    return None


def texts_of(model: type[Model]) -> Iterator[Field[Any, Any]]:
    """Columns in which somebody writes, and those that are searched."""
    for column in model._meta.concrete_fields:
        written = isinstance(column, (CharField, TextField)) and not isinstance(column, FileField)
        shown = column.editable or column.name.startswith("search_")
        room = column.max_length is None or column.max_length >= len(MARK)  # PostgreSQL cuts nothing off, it refuses
        if written and shown and room and not column.choices and column.name not in KEPT:
            yield column


def mark_everything() -> set[str]:
    """Write the marker into all texts of all that hangs on organizations; return the names of these models."""
    marked = set()
    for model in apps.get_models():
        path = path_to_organization(model)
        if path is None or not model.__module__.startswith(("workforce.", "matching.")):
            continue
        for column in texts_of(model):
            between = "-" if column.name == "slug" else " "
            text: Any = Concat(Value(f"{WORD}{between}{MARK}{between}"), Cast(F("pk"), TextField()))
            if column.max_length is not None and column.max_length < ROOM:
                text = Value(MARK)
            model._base_manager.exclude(**{f"{path}__isnull" if path else "pk__isnull": True}).update(
                **{column.name: text}
            )
            marked.add(model.__name__)
    return marked


def marked_world(state: str) -> World:
    """The world of the access table, marked, all of its organizations in ``state``; its rows as they are now."""
    world = build_world()
    for row in PUBLIC:
        row.args(world)  # makes what its address is about, where that is not part of the world
    mark_everything()
    Organization.objects.update(verification=state)
    for name, value in vars(world).items():
        if isinstance(value, Model):
            setattr(world, name, type(value)._base_manager.get(pk=value.pk))
    return world


def body_of(response: HttpResponseBase) -> str:
    """All that was sent, headers too: a redirection tells its address."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return "\n".join([*map(str, response.headers.values()), content.decode("utf-8", "replace")])


def addresses(world: World) -> dict[str, Row]:
    """Every address of the table that a stranger may try, once, with the row that it is of.

    Lists and searches, whose address takes no arguments, are asked for by a word and by organization too.
    """
    found = {}
    for row in PUBLIC:
        if not any(row.methods["GET"][kind] in ("ok", "404") for kind in STRANGERS):
            continue
        arguments = row.args(world)
        for language in ("es", "en"):
            with translation.override(language):
                address = reverse(row.route, kwargs=arguments)
            for query in {row.query, *(() if arguments else QUERIES)}:
                found[address + query.format(slug=world.employer.slug)] = row
    return found


def leaks(world: World, client: Client) -> Iterator[tuple[Row, str]]:
    """The addresses at which a stranger reads a marker that they did not send."""
    for where, row in addresses(world).items():
        told = body_of(client.get(where)).replace(where, "").replace(where.split("?")[0], "")
        if "organization=" in where:
            told = told.replace(world.employer.slug, "")
        if MARK in told:
            yield row, where


@pytest.mark.django_db
def test_the_marker_stands_in_all_that_an_organization_says() -> None:
    build_world()
    assert mark_everything() >= {"Organization", "Plant", "Role", "Programme", "Cohort"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("state", UNVERIFIED)
def test_strangers_read_nothing_of_an_organization_that_is_not_verified(state: str, kind: str) -> None:
    world = marked_world(state)
    assert [f"{row.route}: {where}" for row, where in leaks(world, world.client(kind))] == []


@pytest.mark.django_db
def test_the_walk_finds_what_a_verified_one_publishes() -> None:
    world = marked_world(Verification.VERIFIED)
    found = {row.route for row, _where in leaks(world, world.client("anonymous"))}
    assert found >= {"role-search", "role-detail", "api-role-list", "api-role-detail", "skill-detail"}
