"""Make a table say what a file says: add, change and remove only where they differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

BATCH = 500  # rows a statement; SQLite takes 32,766 values at most
T = TypeVar("T")
Key = tuple[Any, ...]
Values = Mapping[str, Any]
# Told of each row that is written: its key, its values before (None: new) and after (None: removed).
Told = Callable[[Key, Values | None, Values | None], None]


@dataclass
class Tally:
    """How many rows of one kind were touched."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def touched(self) -> bool:
        """Whether anything is different from before."""
        return bool(self.added or self.changed or self.removed)

    def __iadd__(self, other: Tally) -> Tally:
        self.added += other.added
        self.changed += other.changed
        self.removed += other.removed
        self.unchanged += other.unchanged
        return self

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed, {self.unchanged} unchanged"


def in_batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def sync_rows(
    held: QuerySet[Any],
    wanted: Mapping[Key, Values],
    *,
    key: Sequence[str],
    source: str = "",
    over: Collection[str] = (),
    remove: bool = True,
    told: Told | None = None,
) -> Tally:
    """Bring the rows of ``held`` in line with ``wanted`` (values by key) and count.

    ``key`` names the columns of the key. With ``source`` only rows of that source are changed or removed, and new rows
    get it. A row of another source with a wanted key becomes ours when its source is in ``over``; else it stays as it
    is and counts as unchanged. What is removed goes first, then what is changed, then what is new: so a value that must
    be unique can go from one row to another.
    """
    model: type[Model] = held.model
    fields = sorted({name for values in wanted.values() for name in values})
    extra = ["source"] if source else []
    rows = {tuple(row[1 : 1 + len(key)]): row for row in held.order_by("pk").values_list("pk", *key, *extra, *fields)}
    tally, changed, new = Tally(), [], []
    tell = told or (lambda key, before, after: None)
    for wanted_key, values in wanted.items():
        row = rows.pop(wanted_key, None)
        if row is None:
            new.append(model(**dict(zip(key, wanted_key, strict=True)), **values, **dict.fromkeys(extra, source)))
            tell(wanted_key, None, values)
            continue
        owner = row[1 + len(key)] if source else ""
        before = _values(row, fields)
        differs = any(before[name] != value for name, value in values.items())
        if (owner != source and owner not in over) or (owner == source and not differs):
            tally.unchanged += 1
            continue
        changed.append(model(pk=row[0], **values, **dict.fromkeys(extra, source)))
        tell(wanted_key, before, values)
    lost = {at: row for at, row in rows.items() if remove and (not source or row[1 + len(key)] == source)}
    gone = [row[0] for row in lost.values()]
    for at, row in lost.items():
        tell(at, _values(row, fields), None)
    for batch in in_batches(gone):
        model._default_manager.filter(pk__in=batch).delete()
    _write(model, new, changed, [*fields, *extra])
    tally.added, tally.changed, tally.removed = len(new), len(changed), len(gone)
    return tally


def _values(row: Key, fields: Sequence[str]) -> dict[str, Any]:
    """The columns of ``fields``, which stand last in the row."""
    return dict(zip(fields, row[len(row) - len(fields) :], strict=True))


def _write(model: type[Model], new: list[Model], changed: list[Model], fields: list[str]) -> None:
    """Store new and changed rows in batches."""
    manager = model._default_manager
    if any(field.name == "updated_at" for field in model._meta.get_fields()):
        fields = [*fields, "updated_at"]
        now = timezone.now()
        for row in changed:
            row.updated_at = now  # type: ignore[attr-defined]
    if changed and fields:
        manager.bulk_update(changed, fields, batch_size=BATCH)
    manager.bulk_create(new, batch_size=BATCH)
