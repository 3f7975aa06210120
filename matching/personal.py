"""What is personal in matching: a technician's list, and that it is to be computed again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from matching.choices import SubjectKind
from workforce.core.personal import Person, declare, not_personal, plain

REQUEST = "kind object_id seq requested_at applied_to covered_by"
CHANGE = "kind object_id stamp changed_at"
COMPUTED = "ids seq k found near_ids orders near_orders near_failed near_found near_k edition"


def requests_of(person: Person) -> QuerySet[Any]:
    """That the technician's list is old. Erasure leaves it: it is what takes the person out of all other lists."""
    return plain("matching.RefreshRequest").filter(kind=SubjectKind.TECHNICIAN, object_id=person.technician_id)


def changes_of(person: Person) -> QuerySet[Any]:
    """That the technician changed. Erasure leaves it: it is what takes the person out of the workers' memory."""
    return plain("matching.LastChange").filter(kind=SubjectKind.TECHNICIAN, object_id=person.technician_id)


declare("matching.TechnicianMatches", technician="technician", hidden={"packed numbers": COMPUTED})
declare(
    "matching.RefreshRequest",
    rows=requests_of,
    change={},
    keep={"says that lists are old, and goes once they are new": REQUEST},
    hidden={"says nothing of the person": REQUEST},
)
declare(
    "matching.LastChange",
    rows=changes_of,
    change={},
    keep={"says that what is kept in memory is old, and goes after two days": CHANGE},
    hidden={"says nothing of the person": CHANGE},
)
declare("matching.ScoreSnapshot", technician="application__technician")
not_personal("numbers of profiles; whoever may not be seen is left out when it is read", "matching.RoleMatches")
not_personal(
    "how matching is computed",
    *("matching.EngineVersion", "matching.Sequence", "matching.RebuildRun", "matching.RebuildShard"),
)
