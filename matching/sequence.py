"""Numbers that only grow, one for each change: which of two computations saw more.

PostgreSQL: the sequence behind the requests' own key, which takes no lock (a counter row would make every transaction
that saves a profile wait for the one before, and can deadlock). SQLite has no sequences and one writer at a time:
there a counter row is right.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import F

from matching.models import RefreshRequest, Sequence

CHANGES = "changes"


def next_number() -> int:
    """Take the next number."""
    if connection.vendor == "postgresql":
        return _ask("SELECT nextval(%s)")
    with transaction.atomic():
        if not Sequence.objects.filter(name=CHANGES).update(value=F("value") + 1):
            Sequence.objects.get_or_create(name=CHANGES, defaults={"value": 1})
        return Sequence.objects.values_list("value", flat=True).get(name=CHANGES)


def current_number() -> int:
    """The last number taken."""
    if connection.vendor == "postgresql":
        return _ask("SELECT COALESCE(pg_sequence_last_value(%s::regclass), 0)")
    return Sequence.objects.filter(name=CHANGES).values_list("value", flat=True).first() or 0


def _ask(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [RefreshRequest._meta.db_table])
        name = cursor.fetchone()[0]
        cursor.execute(sql, [name])
        return int(cursor.fetchone()[0])
