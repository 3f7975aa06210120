"""Score and rank at the moment of applying, so that it can be looked into later what the employer was shown."""

from __future__ import annotations

from dataclasses import dataclass

from matching.choices import ListPart
from matching.editions import current_edition
from matching.engine.lists import RankedList
from matching.models import MatchList, RoleMatches, ScoreSnapshot, TechnicianMatches
from matching.reading import Entry
from matching.stored import unpack
from workforce.hiring.models import Application


@dataclass(frozen=True)
class _Place:
    """Where a pair stands in a stored list; ``rank`` counts from 1."""

    part: ListPart
    score: int
    rank: int
    listed: int


def record_score(*, application_id: int, move_id: int) -> ScoreSnapshot | None:
    """Keep score, rank and engine of an application as the stored lists have them now; once for each move.

    Call it inside the transaction of applying. Nothing is computed, and nothing kept before the first edition. The
    rank is that among the role's people; who is not among them has the score of their own list, and no rank.
    """
    edition = current_edition()
    if edition is None:
        return None
    role_id, technician_id = Application.objects.values_list("role_id", "technician_id").get(pk=application_id)
    of_role = RoleMatches.objects.filter(pk=role_id).first()
    own = TechnicianMatches.objects.filter(pk=technician_id).first()
    ranked, scored = _place(of_role, technician_id), _place(own, role_id)
    place, source = (ranked, of_role) if ranked or not scored else (scored, own)
    name = source.edition if place and source else edition.name
    made, _created = ScoreSnapshot.objects.get_or_create(
        move_id=move_id,
        defaults={
            "application_id": application_id,
            "part": place.part if place else ListPart.NEITHER,
            "score": place.score if place else None,
            "rank": ranked.rank if ranked else None,
            "listed": ranked.listed if ranked else None,
            "edition": name,
            "version": name.rpartition(".")[0],
        },
    )
    return made


def last_snapshot(application: Application) -> ScoreSnapshot | None:
    """What was kept when the person applied, the last time where there were several."""
    return ScoreSnapshot.objects.filter(application=application).order_by("-pk").first()


def _place(stored: MatchList | None, wanted: int) -> _Place | None:
    if stored is None:
        return None
    lists = unpack(stored)
    return _in(lists.full, wanted, ListPart.FULL) or _in(lists.near, wanted, ListPart.NEAR)


def _in(part: RankedList, wanted: int, name: ListPart) -> _Place | None:
    """Look somebody up in one part of a list; ``listed`` counts all pairs that there were, also past its cut."""
    found = (part.ids == wanted).nonzero()[0]
    if not found.size:
        return None
    at = int(found[0])
    entry = Entry(wanted, int(part.orders[at]), int(part.failed[at]))
    return _Place(name, entry.score, at + 1, int(part.found))
