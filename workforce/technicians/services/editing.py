"""The frame of every edit of a profile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from workforce.core.revisions import lock_revision
from workforce.technicians.events import technician_changed
from workforce.technicians.models import Technician


@contextmanager
def editing(technician_id: int, revision: int | None) -> Iterator[Technician]:
    """Lock a technician, count the revision up, save, and tell others: all in one transaction.

    ``revision`` is the one that the editor saw (None takes whatever is there). Raises ``StaleRevision`` when somebody
    saved meanwhile, and ``Technician.DoesNotExist``; then, or if the body raises, nothing has changed.
    """
    with transaction.atomic():
        technician = lock_revision(Technician.objects.all(), revision, pk=technician_id)
        yield technician
        technician.save()
        technician_changed.send(sender=Technician, technician_id=technician.pk)
