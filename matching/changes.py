"""Who changed since a process last looked, so that it keeps everybody in memory and reads only the changed ones anew.

Each change leaves one row per object in its own transaction. A mark says what has been seen; nothing that commits
after the mark was taken is ever missed, however late it commits: on PostgreSQL a row carries the number of its
transaction, and a mark is the oldest one that had not ended. SQLite has one writer at a time, so there the numbers of
``sequence`` are committed in their order.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from matching.choices import SubjectKind
from matching.models import LastChange
from matching.sequence import current_number

FOLLOWED = (SubjectKind.TECHNICIAN, SubjectKind.PLACES)
KEPT = datetime.timedelta(days=2)  # what is kept in memory is a day old at most


@dataclass(frozen=True)
class Changed:
    """Technicians who changed, and whether something did that says who is within reach of whom."""

    technicians: frozenset[int]
    places: bool


def note_change(kind: SubjectKind, object_id: int, number: int) -> None:
    """Leave a row in the transaction of the change; ``number`` is the one that was taken for it."""
    if kind not in FOLLOWED:
        return
    stamp = _ask("SELECT pg_current_xact_id()::text::bigint") if _has_transaction_numbers() else number
    LastChange.objects.bulk_create(
        [LastChange(kind=kind, object_id=object_id, stamp=stamp)],
        update_conflicts=True,
        unique_fields=("kind", "object_id"),
        update_fields=("stamp", "changed_at"),
    )


def take_mark() -> int:
    """The mark of now. Take it before reading: ``changed_since`` then tells all that the reading may have missed."""
    if _has_transaction_numbers():
        return _ask("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return current_number() + 1


def changed_since(mark: int) -> Changed:
    """What was committed since the mark was taken, and perhaps a little that was committed just before."""
    rows = list(LastChange.objects.filter(stamp__gte=mark).order_by("pk").values_list("kind", "object_id"))
    technicians = frozenset(pk for kind, pk in rows if kind == SubjectKind.TECHNICIAN)
    return Changed(technicians, any(kind == SubjectKind.PLACES for kind, _ in rows))


def forget_old_changes() -> int:
    """Remove what nobody can ask for any more; return how many rows."""
    count, _ = LastChange.objects.filter(changed_at__lt=timezone.now() - KEPT).delete()
    return count


def _has_transaction_numbers() -> bool:
    return connection.vendor == "postgresql"


def _ask(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])
