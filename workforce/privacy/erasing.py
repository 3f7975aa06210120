"""Erasing a person by the registry, in small transactions: killed anywhere, the next run goes on from there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from workforce.core.faults import told
from workforce.core.personal import LAST, Declaration, Person, declarations, plain, profiles_too, stored_fields, traces
from workforce.privacy.choices import RequestState
from workforce.privacy.models import DataRequest

logger = logging.getLogger(__name__)
CHUNK = 500
ABANDONED = timedelta(minutes=10)
"""A request that a worker took and did not go on with for so long is anybody's again."""


def erase_due() -> int:
    """Erase everybody whose time has come; return how many. One that fails is left for the next run."""
    done = 0
    for key in list(DataRequest.objects.due().order_by("due", "pk").values_list("pk", flat=True)):
        try:
            done += erase(request_id=key)
        except Exception as error:  # one person's fault must not keep the others
            logger.error("Erasing request %s failed: %s.", key, told(error))
    return done


def erase(*, request_id: int) -> bool:
    """Erase the person of a request that is due; return whether this call brought it to its end."""
    if not _claim(request_id):
        return False
    request = DataRequest.objects.get(pk=request_id)
    if request.user_id is not None or request.technician_id is not None:
        if request.technician_id is None:
            _name_profile(request)
        person = Person(request.user_id, request.technician_id)
        for key in profiles_too(person):  # first: they are found by the account
            _erase_person(Person(technician_id=key), request_id)
        _erase_person(person, request_id)
    _finish(request_id)
    logger.info("Erasing request %s is done.", request_id)
    return True


def _name_profile(request: DataRequest) -> None:
    """Write down the profile that staff had blocked before the request, or that came to the account since.

    Into the row, so that a run after a crash knows it when the profile does not name the account any more.
    """
    if request.user_id is not None:
        mine = plain("technicians.Technician").filter(user_id=request.user_id)
        request.technician_id = mine.values_list("pk", flat=True).first()
        request.save(update_fields=("technician",))


def _claim(request_id: int) -> bool:
    """Take a request, unless it was taken back or another worker is at it."""
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - ABANDONED)
    taken = DataRequest.objects.due().filter(free, pk=request_id)
    return bool(taken.update(state=RequestState.ERASING, claimed_at=now))


def _erase_person(person: Person, request_id: int) -> None:
    emptied = False
    for one in declarations():
        if one.order >= LAST and not emptied:
            _empty_traces(person)
            emptied = True
        if one.label == DataRequest._meta.label:
            _close_others(person, request_id)
        else:
            erase_rows(one, person)
        DataRequest.objects.filter(pk=request_id).update(claimed_at=timezone.now())


def erase_rows(one: Declaration, person: Person) -> None:
    """Do to a person's rows of one model what its declaration says."""
    for keys in _chunks(one, person):
        with transaction.atomic():
            _erase_chunk(one, keys)
            if one.after is not None:
                one.after(keys)


def _chunks(one: Declaration, person: Person) -> Iterator[list[Any]]:
    """Keys of the rows, some at a time. Custom rows may be costly to find, so they are asked for once."""
    keys = list(one.rows(person).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _erase_chunk(one: Declaration, keys: list[Any]) -> None:
    rows = plain(one.label).filter(pk__in=keys)
    files = _files(one)
    if files or one.change:
        for row in rows.select_for_update(of=("self",)):
            for file in files:
                _remove_file(row, file)
            if one.change:
                values = {name: value(row) if callable(value) else value for name, value in one.change.items()}
                plain(one.label).filter(pk=row.pk).update(**values)
    if one.change is None:
        rows.delete()


def _files(one: Declaration) -> list[models.FileField]:
    """The files that go: all of a row that is deleted, those that are changed of one that stays."""
    return [
        column
        for column in stored_fields(one.model)
        if isinstance(column, models.FileField) and (one.change is None or column.name in one.change)
    ]


def _remove_file(row: models.Model, column: models.FileField) -> None:
    """Before the row, never after it: a crash in between leaves a name without a file, not a file without a name."""
    if stored := getattr(row, column.name):
        stored.storage.delete(stored.name)


def _empty_traces(person: Person) -> None:
    keys = {"accounts.User": person.user_id, "technicians.Technician": person.technician_id}
    for label, name in traces():
        target: Any = plain(label).model._meta.get_field(name).related_model
        key = keys[target._meta.label]
        if key is not None:
            plain(label).filter(**{name: key}).update(**{name: None})


def _close_others(person: Person, request_id: int) -> None:
    """Whatever else the person asked for needs no answer any more. This one is still needed to go on after a crash."""
    mine = Q(pk=request_id)
    if person.user_id is not None:
        mine |= Q(user_id=person.user_id)
    if person.technician_id is not None:
        mine |= Q(technician_id=person.technician_id)
    others = DataRequest.objects.filter(mine).exclude(pk=request_id)
    others.open().update(state=RequestState.DONE, done_at=timezone.now())
    others.update(user=None, technician=None, text="", answer="")


def _finish(request_id: int) -> None:
    """Keep that it was done and when, and nothing of whom."""
    DataRequest.objects.filter(pk=request_id).update(
        state=RequestState.DONE, done_at=timezone.now(), user=None, technician=None, text="", answer=""
    )
