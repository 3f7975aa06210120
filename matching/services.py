"""Asking for a refresh, and settling what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from matching.changes import note_change
from matching.choices import SubjectKind
from matching.editions import Edition
from matching.kicks import kick
from matching.models import GIVEN_UP, RebuildRun, RefreshRequest
from matching.sequence import next_number

_TASKS = {
    SubjectKind.TECHNICIAN: ("refresh_technician", "technician_id"),
    SubjectKind.ROLE: ("refresh_role", "role_id"),
}


def request_refresh(kind: SubjectKind, object_id: int) -> RefreshRequest:
    """Note, in the transaction of the change, that lists are old; kick a worker once it is committed.

    A burst for one object is one request with the newest number. Must be called inside ``transaction.atomic``:
    outside of one the note and the change could part ways.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("request_refresh belongs into the transaction of the change")
    request = RefreshRequest(kind=kind, object_id=object_id, seq=next_number())
    RefreshRequest.objects.bulk_create(
        [request],
        update_conflicts=True,
        unique_fields=("kind", "object_id"),
        update_fields=("seq", "requested_at", "applied_to", "covered_by"),
    )
    note_change(kind, object_id, request.seq)
    transaction.on_commit(lambda: _kick(kind, object_id), robust=True)
    return request


@transaction.atomic
def request_refreshes(kind: SubjectKind, object_ids: Sequence[int]) -> None:
    """Note that the lists of many are to be computed anew though nothing changed; a timer has it done."""
    seq = next_number()
    RefreshRequest.objects.bulk_create(
        [RefreshRequest(kind=kind, object_id=pk, seq=seq) for pk in object_ids],
        update_conflicts=True,
        unique_fields=("kind", "object_id"),
        update_fields=("seq", "requested_at", "applied_to", "covered_by"),
    )


def _kick(kind: SubjectKind, object_id: int) -> None:
    if kind in _TASKS:
        task, argument = _TASKS[kind]
        kick(task, **{argument: object_id})
    else:
        kick("fit_engine")


@transaction.atomic
def settle(request: RefreshRequest, edition: Edition) -> None:
    """Forget a request whose change the lists of ``edition`` show now, unless it was renewed meanwhile.

    While a rebuild is under way, or when one has ended since, it stays: the snapshot may have been taken before the
    change.
    """
    same = RefreshRequest.objects.filter(kind=request.kind, object_id=request.object_id, seq=request.seq)
    if RebuildRun.objects.filter(pk__gt=edition.run_id).exclude(state__in=GIVEN_UP).exists():
        same.update(applied_to=edition.name)
    else:
        same.delete()
