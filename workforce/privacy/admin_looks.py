"""Keeps whom staff saw in the admin, by the registry: no page has to remember it, nor one that is yet to come."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from workforce.accounts.models import User
from workforce.core.personal import PEOPLE, Declaration, declarations, plain
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import Technician
from workforce.technicians.services import note_access

ONE = ("original", "object")
"""Under what name a page of the admin about one row has it: to edit it; its history, and its deletion."""


class AdminLooks:
    """Middleware: a page of the admin with somebody's rows on it leaves a trace at that person's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note whom a box that completes what is typed offers: its answer is no page."""
        response = self.get_response(request)
        match = request.resolver_match
        is_offer = match is not None and match.url_name == "autocomplete" and response.status_code == HTTPStatus.OK
        if is_offer and _is_of_admin(request):
            _note(request, offered_people(request.GET, response.content))
        return response

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Note the people whose rows are about to be shown."""
        if _is_of_admin(request):
            _note(request, shown_people(response.context_data or {}))
        return response


def _is_of_admin(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and "admin" in match.app_names and request.user.is_authenticated


def _note(request: HttpRequest, people: Iterable[Technician]) -> None:
    note_access(actor=cast(User, request.user), technicians=people, kind=AccessKind.ADMIN)


def shown_people(context: dict[str, Any]) -> Iterable[Technician]:
    """The job seekers on a page of the admin: those whose rows are listed, or the one whose row is open, and those of
    the rows below it.
    """
    found = context["cl"].result_list if "cl" in context else [context[name] for name in ONE if context.get(name)]
    keys: dict[str, list[Any]] = defaultdict(list)
    for row in (*found, *_rows_below(context)):
        if isinstance(row, models.Model):
            keys[row._meta.label].append(row.pk)
    return [person for label, some in keys.items() for person in _people_of_rows(label, some)]


def _rows_below(context: dict[str, Any]) -> Iterator[models.Model]:
    for inline in context.get("inline_admin_formsets", ()):
        yield from (form.instance for form in inline.formset.initial_forms)


def offered_people(asked: Mapping[str, str], answer: bytes) -> Iterable[Technician]:
    """The job seekers among what a box of the admin offered for a relation, which is by key in all our models."""
    field = apps.get_model(asked["app_label"], asked["model_name"])._meta.get_field(asked["field_name"])
    keys = [row["id"] for row in json.loads(answer)["results"]]
    return _people_of_rows(cast(type[models.Model], field.related_model)._meta.label, keys)


def _people_of_rows(label: str, keys: list[Any]) -> Iterable[Technician]:
    one = next((one for one in declarations() if one.label == label), None)
    return people_of(one, keys) if one is not None else ()


def people_of(one: Declaration, keys: list[Any]) -> Iterable[Technician]:
    """The job seekers that rows of one model are about: two queries at most, however many rows."""
    paths = {path: _leads_to(one.model, path) for path in one.paths}
    if not paths:
        return ()
    people: dict[str, set[int]] = {label: set() for label in PEOPLE}
    for values in plain(one.label).filter(pk__in=keys).values_list(*paths):
        for label, key in zip(paths.values(), values, strict=True):
            people[label] |= {key} if key is not None else set()
    users, technicians = (people[label] for label in PEOPLE)
    if not users and not technicians:
        return ()
    mine = models.Q(user_id__in=users) | models.Q(pk__in=technicians)
    return cast(Iterable[Technician], Technician.objects.filter(mine).only("pk", "user_id"))


def _leads_to(model: type[models.Model], path: str) -> str:
    """Which of the two kinds of people a path of a declaration ends at."""
    for part in path.split("__"):
        if part != "pk":
            model = cast(type[models.Model], model._meta.get_field(part).related_model)
    return model._meta.label
