"""Plants unique marks into all that the registry says is somebody's, and looks for them wherever they could be.

Nothing here names a field: a column that is added tomorrow is planted, and missed if erasure leaves it.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils import timezone

from tests.factories import ImportJobFactory
from workforce.core.personal import Declaration, Person, declarations, plain, stored_fields
from workforce.skills.models import UnlinkedPhrase
from workforce.technicians.models import TechnicianSkill

MARK = re.compile(r"zq\d{5}x", re.IGNORECASE)
SHORTEST = 8
# Made by their own code, and looked for by what they are about and not by what they say.
BY_HAND = {
    "sessions.Session": "what is in it is packed and signed: planted, and unpacked to look for it",
    "imports.ImportJob": "found by what is in the file; planted here",
    "skills.UnlinkedPhrase": "found by the words of the person; planted here",
    "matching.RefreshRequest": "numbers only",
    "matching.LastChange": "numbers only",
}
ADDRESSES = {"admin.LogEntry": {"object_id"}}
# What can hold no words gets a value that nothing else has; some columns allow only small numbers.
NUMBER, DAY = 29_989, datetime.date(1903, 2, 7)
counter = itertools.count(1)


def mark() -> str:
    """Return a word that is nowhere else."""
    return f"zq{next(counter):05d}x"


@dataclass
class Planted:
    """The columns that got a value without words: model, column, and the value."""

    quiet: list[tuple[str, str, Any]] = field(default_factory=list)

    def left(self) -> Iterator[str]:
        """Those values that are still there."""
        for label, name, value in self.quiet:
            if plain(label).filter(**{name: value}).exists():
                yield f"{label}.{name}: {value}"


def value_for(column: Any) -> Any:
    """A value with a mark in it, or None where the column can hold none."""
    if column.is_relation or column.choices:
        return None
    if isinstance(column, models.FileField):
        text = mark()
        return column.storage.save(f"{column.get_attname()}/{text}.txt", ContentFile(f"inside {mark()}"))
    if isinstance(column, models.JSONField):
        return [{"words": mark()}]
    if isinstance(column, models.BinaryField):
        return mark().encode()
    if isinstance(column, models.EmailField):
        return f"{mark()}@example.test"
    if isinstance(column, models.CharField | models.TextField):
        return mark() if column.max_length is None or column.max_length >= SHORTEST else None
    return None


def quiet_value_for(column: Any) -> Any:
    """A value that nothing else has, for dates and numbers."""
    if column.is_relation or column.choices:
        return None
    if isinstance(column, models.DateTimeField):
        return datetime.datetime.combine(DAY, datetime.time(3, 17, 9), datetime.UTC)
    if isinstance(column, models.DateField):
        return DAY
    if isinstance(column, models.DecimalField):
        return Decimal(NUMBER)
    return NUMBER if isinstance(column, models.IntegerField) else None


def fill(one: Declaration, person: Person, planted: Planted) -> None:
    """Write marks into all rows of a person, but where a reason was given to keep the value."""
    skipped = one.keep | ADDRESSES.get(one.label, set())
    columns = [column for column in stored_fields(one.model) if column.name not in skipped]
    for key in list(one.rows(person).values_list("pk", flat=True)):
        values = {column.name: value for column in columns if (value := value_for(column)) is not None}
        plain(one.label).filter(pk=key).update(**values)
    if one.change:
        for column in columns:
            _fill_quietly(one, person, column, planted)


def _fill_quietly(one: Declaration, person: Person, column: Any, planted: Planted) -> None:
    value = quiet_value_for(column)
    if value is None:
        return
    with contextlib.suppress(IntegrityError, DataError), transaction.atomic():
        if one.rows(person).update(**{column.name: value}):
            planted.quiet.append((one.label, column.name, value))


def plant_row(one: Declaration, person: Person) -> None:
    """Make a row of a model that nobody made one of: each relation to the person or to any row there is."""
    values: dict[str, Any] = {}
    for column in stored_fields(one.model):
        if column.is_relation:
            label = column.related_model._meta.label
            own = {"accounts.User": person.user_id, "technicians.Technician": person.technician_id}
            key = own.get(label)
            if key is None:
                theirs = next((other.rows(person) for other in declarations() if other.label == label), None)
                row = (theirs.first() if theirs is not None else None) or plain(label).first()
                key = row.pk if row else None
            values[column.attname] = key
        elif isinstance(column, models.DateTimeField):
            values[column.name] = timezone.now()
        elif isinstance(column, models.DateField):
            values[column.name] = timezone.localdate()
        elif column.choices:
            values[column.name] = column.flatchoices[0][0]
        elif not column.has_default() and column.name not in one.keep and (value := value_for(column)) is not None:
            values[column.name] = value
    plain(one.label).bulk_create([one.model(**values)])


def plant(person: Person) -> Planted:
    """Put marks into everything, in a row of the person's in every table that can hold one."""
    missing = [one for one in declarations() if one.label not in BY_HAND and not one.rows(person).exists()]
    for _again in range(3):  # a row may need another one that comes later
        for one in missing:
            with contextlib.suppress(IntegrityError), transaction.atomic():
                plant_row(one, person)
        missing = [one for one in missing if not one.rows(person).exists()]
    assert not missing, (
        f"No row of the person could be made of {[one.label for one in missing]}: make it in the fixture ``world``."
    )
    email = plain("accounts.User").get(pk=person.user_id).email
    named = list(LogEntry.objects.filter(change_message__contains=email).values_list("pk", flat=True))
    planted = Planted()
    for one in declarations():
        if one.label not in BY_HAND:
            fill(one, person, planted)
    changed = plain("accounts.User").get(pk=person.user_id).email
    LogEntry.objects.filter(pk__in=named).update(change_message=f"added {changed}")  # found by the address alone
    job: Any = ImportJobFactory(kind="people", samples=[["Ana", changed]])
    job.file.save("list", ContentFile(f"Nombre,Correo\nAna,{changed}\n"))
    for raw in TechnicianSkill.objects.filter(technician_id=person.technician_id).exclude(raw=""):
        UnlinkedPhrase.objects.create(text=raw.raw)
    for session in Session.objects.all():
        held = session.get_decoded()
        if held.get("_auth_user_id") == str(person.user_id):
            Session.objects.save(session.pk, {**held, "draft": mark()}, session.expire_date)
    return planted


def marks_left() -> Iterator[str]:
    """Where a mark is found: any column of any table, what sessions hold, any file, any mail, the cache."""
    yield from _in_tables()
    for session in Session.objects.all():
        if found := MARK.search(str(session.get_decoded())):
            yield f"a session: {found[0]}"
    for folder in {Path(settings.MEDIA_ROOT), Path(settings.VAR_DIR)}:
        for path in folder.rglob("*"):
            inside = path.read_bytes().decode("latin-1") if path.is_file() and "sqlite" not in path.name else ""
            if found := MARK.search(path.name + inside):
                yield f"{path}: {found[0]}"
    for message in mail.outbox:
        if found := MARK.search(str(message.message())):
            yield f"a mail: {found[0]}"
    for key, value in _in_cache():
        if found := MARK.search(key + value.decode("latin-1")):
            yield f"the cache: {found[0]}"


def _in_cache() -> Iterator[tuple[str, bytes]]:
    """All that is cached, in memory or in Redis; packed as the cache packs it, which leaves words as they are."""
    kept: Any = cache._cache  # type: ignore[attr-defined]
    if isinstance(kept, dict):
        yield from kept.items()
        return
    client = kept.get_client(None)
    for key in client.scan_iter(match=f"{cache.key_prefix}:{cache.version}:*"):  # type: ignore[attr-defined]
        yield key.decode(), client.get(key) or b""


def _in_tables() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    if found := MARK.search(text):
                        yield f"{table}.{name}: {found[0]}"
