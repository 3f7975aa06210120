"""Keeps whom staff saw in the admin, by the registry: no page has to remember it, nor one that is yet to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

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
        """Pass on; what is shown is known once the view has answered."""
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Note the people whose rows are about to be shown."""
        match = request.resolver_match
        if match is not None and "admin" in match.app_names and request.user.is_authenticated:
            people = shown_people(response.context_data or {})
            note_access(actor=request.user, technicians=people, kind=AccessKind.ADMIN)
        return response


def shown_people(context: dict[str, Any]) -> Iterable[Technician]:
    """The job seekers on a page of the admin: those whose rows are listed, or the one whose row is open."""
    found = context["cl"].result_list if "cl" in context else [context[name] for name in ONE if context.get(name)]
    rows = [row for row in found if isinstance(row, models.Model)]
    if not rows:
        return ()
    one = next((one for one in declarations() if one.label == rows[0]._meta.label), None)
    return people_of(one, [row.pk for row in rows]) if one is not None else ()


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
