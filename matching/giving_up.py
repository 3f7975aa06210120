"""What a rebuild that was given up has stored already, and how it is made good.

Its lists stand in the place of those in force and carry an edition that never came: no refresh could replace them,
since it looks older, and no merge would touch them. Let go, they are shown on, and are replaced by whoever computes
them next.
"""

from __future__ import annotations

from django.db import transaction

from matching.choices import RebuildState, SubjectKind
from matching.models import GIVEN_UP, RebuildRun, RoleMatches, TechnicianMatches
from matching.services import request_refreshes
from matching.stored import CHUNK

NO_EDITION = ""
SIDES = ((TechnicianMatches, SubjectKind.TECHNICIAN), (RoleMatches, SubjectKind.ROLE))


def let_go_of_lists() -> int:
    """Let go of the lists of rebuilds that were given up, and have each computed anew; return how many.

    None while a rebuild is under way: it replaces them all.
    """
    if RebuildRun.objects.active().exists():
        return 0
    in_force = RebuildRun.objects.filter(state=RebuildState.DONE).order_by("-pk").values_list("pk", flat=True).first()
    later = RebuildRun.objects.filter(pk__gt=in_force or 0, state__in=GIVEN_UP)
    editions = [run.edition for run in later]
    return sum(_let_go(model, kind, editions) for model, kind in SIDES) if editions else 0


def _let_go(model: type[TechnicianMatches | RoleMatches], kind: SubjectKind, editions: list[str]) -> int:
    stuck = model.objects.filter(edition__in=editions)
    count = 0
    while pks := list(stuck.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            count += stuck.filter(pk__in=pks).update(edition=NO_EDITION)
            request_refreshes(kind, pks)
    return count
