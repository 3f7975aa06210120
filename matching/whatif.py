"""A role that is not saved against everybody: how many are within reach, who stands first, what keeps people out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext_lazy as _

from matching.access import candidates_of
from matching.corpus.drafts import Draft, draft_arrays
from matching.editions import Workspace, current_edition, everybody, workspace_for_page
from matching.engine.constants import NONE_FAILED
from matching.engine.holders import Holders
from matching.engine.joining import others
from matching.engine.whatif import what_if
from matching.explaining import explain_role
from matching.obstacles import Obstacle, obstacles_of
from matching.reading import Candidate, Entry, Match, candidate
from workforce.accounts.models import Organization
from workforce.core.errors import Conflict
from workforce.technicians.models import Technician

TOP = 20
NOT_VERIFIED = _("Our team checks every organization before it sees candidates. You will see them here right after.")


@dataclass(frozen=True)
class Preview:
    """What saving the role would bring. ``found``: all limits met and something covered; ``candidates``: the first
    ``TOP`` of these as the organization may see them, all of them blind. ``obstacles``: every condition of the role,
    the one that keeps the most people out first.
    """

    reachable: int
    found: int
    candidates: tuple[Match[Candidate], ...]
    obstacles: tuple[Obstacle, ...]


def preview_role(*, organization: Organization, draft: Draft) -> Preview | None:
    """Match a role that is not saved with everybody as of now; the number of queries does not depend on how many.

    The counts are those of a role's list. Raises Conflict for an organization that is not verified. None before the
    first edition, and where its engine is not on this machine.
    """
    if not organization.is_verified:
        raise Conflict("not_verified", NOT_VERIFIED)
    edition = current_edition()
    space = workspace_for_page(edition) if edition is not None else None
    if edition is None or space is None:
        return None
    role = draft_arrays(space.frame, draft)
    found = what_if(_groups(space), role, space.matrix, day=edition.day.toordinal(), top=TOP)
    entries = [
        Entry(id_, order, NONE_FAILED) for id_, order in zip(found.ids.tolist(), found.orders.tolist(), strict=True)
    ]
    shown = candidates_of(draft.role).filter(pk__in=[entry.id for entry in entries])
    people = Technician.objects.for_cards().filter(pk__in=shown.values("pk")).in_bulk()
    reasons = explain_role(space, people, role)
    matches = tuple(
        Match(entry, candidate(people[entry.id], set()), reasons.get(entry.id))
        for entry in entries
        if entry.id in people
    )
    return Preview(found.reachable, found.found, matches, obstacles_of(found.without, space.frame))


def _groups(space: Workspace) -> list[tuple[Holders, npt.NDArray[np.bool_] | None]]:
    """Those whom employers may see, as of now: who has not changed since they were read, and who has."""
    people = everybody(space)
    base = people.shown.holders
    kept = others(base.people.ids, people.stale) if people.stale.size else None
    return [(base, kept), (Holders.of(people.fresh.shown()), None)]
