"""Who looked at whom by name: the one place through which every page and endpoint goes that shows a name."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from workforce.accounts.models import User
from workforce.technicians.models import AccessLog, Technician


def note_access(
    *, actor: User, technicians: Iterable[Technician], kind: str, organization_id: int | None = None
) -> None:
    """Keep that ``actor`` saw these people by name: one insert for all, one row a day for each.

    Looking at oneself is not kept. ``organization_id`` is the one for which somebody looks; staff have none.
    """
    day = timezone.localdate()
    seen = {person.pk for person in technicians if person.user_id != actor.pk}
    rows = [
        AccessLog(actor=actor, organization_id=organization_id, technician_id=pk, kind=kind, day=day)
        for pk in sorted(seen)
    ]
    if rows:
        AccessLog.objects.bulk_create(rows, ignore_conflicts=True)
