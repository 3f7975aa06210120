"""Everything that there is of a person, by the registry: as data, and as words for a page."""

from __future__ import annotations

import base64
import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import formats, timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from workforce.core.choices import Shift
from workforce.core.personal import PEOPLE, Declaration, Person, declarations, stored_fields

MAX_FILE = 5_000_000
MINE, ANOTHER = "me", "somebody else"
CODES = dict(Shift.choices)
"""Words for what lists hold by its code."""
OF_THE_ROW = frozenset({"ref", "revision", "created_at", "updated_at"})
"""Of the row and not of the person: in the file, and no words for a reader."""


@dataclass(frozen=True)
class Group:
    """The rows of one model: its title, and for each row pairs of label and words."""

    title: str
    rows: list[list[tuple[str, str]]]


def export_data(person: Person) -> dict[str, Any]:
    """Return what is stored of a person, by model and field, ready for JSON. Texts are as they are stored."""
    found = {one.label: [_row(one, row, person) for row in _rows(one, person)] for one in told_models()}
    return {
        "exported_at": timezone.now().isoformat(),
        "data": {label: rows for label, rows in sorted(found.items()) if rows},
    }


def export_groups(person: Person) -> list[Group]:
    """Return the same for readers, in their language; what is empty is left out."""
    groups = []
    for one in sorted(told_models(), key=lambda one: (-one.order, one.label)):
        rows = [_words(one, row, person) for row in _rows(one, person)]
        if any(rows):
            groups.append(Group(str(one.model._meta.verbose_name_plural).capitalize(), [row for row in rows if row]))
    return groups


def told_models() -> list[Declaration]:
    """Those of which anything is told; the others are not even looked for."""
    return [one for one in declarations() if _exported(one)]


def _rows(one: Declaration, person: Person) -> models.QuerySet[Any]:
    relations = [column for column in _exported(one) if column.is_relation and not _is_person(column)]
    related = [column.name for column in relations]
    related += [f"{column.name}__{name}" for column in relations if _is_own_row(column) for name in _subjects(column)]
    return one.rows(person).select_related(*related).order_by("pk") if related else one.rows(person).order_by("pk")


def _exported(one: Declaration) -> list[Any]:
    """The columns that are told. Of a translated text its languages, not the column that only repeats one of them."""
    names = {column.name for column in stored_fields(one.model)}
    return [
        column
        for column in stored_fields(one.model)
        if column.name not in one.hidden and f"{column.name}_es" not in names
    ]


def _is_person(column: Any) -> bool:
    return column.is_relation and column.related_model._meta.label in PEOPLE


def _is_own_row(column: Any) -> bool:
    """Whether it points to another row of the same person, which has only numbers for a name."""
    labels = {one.label for one in declarations()}
    return column.is_relation and column.related_model._meta.label in labels


def _subjects(column: Any) -> list[str]:
    """What another row of the same person is about: the skill of a declared skill, the role of an application."""
    return [
        found.name
        for found in stored_fields(column.related_model)
        if found.is_relation and not _is_person(found) and not _is_own_row(found)
    ]


def _row(one: Declaration, row: models.Model, person: Person) -> dict[str, Any]:
    return {column.name: _value(column, row, person) for column in _exported(one)}


def _value(column: Any, row: models.Model, person: Person) -> Any:
    """A value as JSON has it; of other people only that they are somebody else."""
    if _is_person(column):
        key = getattr(row, column.attname)
        own = person.user_id if column.related_model._meta.label == PEOPLE[0] else person.technician_id
        return None if key is None else MINE if key == own else ANOTHER
    value = getattr(row, column.name)
    if isinstance(value, FieldFile):
        return _file(value)
    if isinstance(value, models.Model):
        return force_str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return value


def _file(stored: FieldFile) -> dict[str, Any] | None:
    if not stored or not stored.storage.exists(str(stored.name)):
        return None
    told: dict[str, Any] = {"name": stored.name, "size": stored.size}
    if stored.size <= MAX_FILE:
        with stored.open("rb") as opened:
            told["base64"] = base64.b64encode(opened.read()).decode()
    return told


def _words(one: Declaration, row: models.Model, person: Person) -> list[tuple[str, str]]:
    told = []
    for column in _exported(one):
        if column.name in OF_THE_ROW or _is_person(column):
            continue
        if text := _about(column, row) if _is_own_row(column) else _word(column, row):
            name = column.related_model._meta.verbose_name if column.is_relation else column.verbose_name
            told.append((str(name).capitalize(), text))
    return told


def _about(column: Any, row: models.Model) -> str:
    other = getattr(row, column.name)
    subjects = [getattr(other, name) for name in _subjects(column)] if other is not None else []
    return ", ".join(force_str(subject) for subject in subjects if subject is not None)


def _word(column: Any, row: models.Model) -> str:
    value = getattr(row, column.name)
    if value in (None, "", [], {}) or (isinstance(value, FieldFile) and not value):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(str(CODES.get(item, item)) if isinstance(item, str) else str(item) for item in value)
    if isinstance(value, datetime.datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return formats.date_format(value, "DATE_FORMAT")
    return force_str(value)
