"""Edits of :class:`workforce.core.models.Revisioned` rows, so that no edit made on an old copy wins silently."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from workforce.core.errors import StaleRevision

RowT = TypeVar("RowT", bound=models.Model)


def lock_revision(queryset: models.QuerySet[RowT], expected: int | None, **lookup: Any) -> RowT:
    """Lock and return the one row of ``queryset`` that ``lookup`` names, its revision already counted up.

    Call it first in the transaction of the edit, change the row, then save it. ``expected`` is the revision that the
    editor saw; None takes whatever is there. Raises ``StaleRevision`` if a newer one was saved meanwhile, and the
    model's ``DoesNotExist``.
    """
    row: Any = queryset.select_for_update(of=("self",)).get(**lookup)
    if expected is not None and row.revision != expected:
        raise StaleRevision(row.revision)
    row.revision += 1
    found: RowT = row
    return found
