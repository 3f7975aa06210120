"""Reading stored lists for pages and API: no ranking in a request, and nobody who is not to be seen.

Ids are filtered when read, by ``open()`` and by what the organization may see, so that a list that is a little old
never shows a closed role or somebody who has paused. Only the pairs of the page shown are explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matching import access
from matching.choices import SubjectKind
from matching.editions import Edition, current_edition
from matching.engine.limits import standard_limits
from matching.engine.lists import RankedList
from matching.engine.score import display_score, key_musts_met, order_keys
from matching.explaining import LIMIT_TEXTS, PairReasons, explain_pairs
from matching.models import MatchList, RefreshRequest, RoleMatches, TechnicianMatches
from matching.stored import unpack
from workforce.accounts.models import User
from workforce.employers.models import Role
from workforce.hiring.models import Application
from workforce.technicians.access import known_to
from workforce.technicians.cards import BlindCard, blind_card
from workforce.technicians.choices import AccessKind, TechnicianState
from workforce.technicians.models import Technician
from workforce.technicians.services import note_access

LIMIT_NAMES = standard_limits().names
T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One place in a stored list."""

    id: int
    order: int
    failed: int

    @property
    def score(self) -> int:
        """0..100."""
        return int(display_score(self.key) + 0.5)

    @property
    def key(self) -> int:
        """Must bit and sum."""
        return int(order_keys(self.order))

    @property
    def musts_met(self) -> bool:
        """Whether every must-have is covered by half or more."""
        return bool(key_musts_met(self.key))

    @property
    def limit(self) -> str:
        """The name of the one limit that is not met, or nothing."""
        return LIMIT_NAMES[self.failed] if self.failed >= 0 else ""

    @property
    def limit_text(self) -> str:
        """The same in the reader's language."""
        return str(LIMIT_TEXTS[self.limit]) if self.limit else ""


@dataclass(frozen=True)
class Match(Generic[T]):
    """One row of a page: the other side, and why. ``reasons`` is None only where an artefact is missing."""

    entry: Entry
    subject: T
    reasons: PairReasons | None
    application: Application | None = None

    @property
    def score(self) -> int:
        """0..100, of the stored list."""
        return self.entry.score


@dataclass(frozen=True)
class Candidate:
    """A person as the role's organization may see them: blind, until they applied."""

    card: BlindCard
    name: str
    is_named: bool
    technician: Technician


@dataclass(frozen=True)
class ListState:
    """What there is to read. ``is_computing``: no list yet; ``is_updating``: there is one, and a newer one is
    on its way; ``is_paused``: none is made, because the person wants no roles now.
    """

    edition: Edition | None
    stored: MatchList | None
    full: Sequence[Entry] = ()
    near: Sequence[Entry] = ()
    is_updating: bool = False
    is_paused: bool = False

    @property
    def is_computing(self) -> bool:
        """Whether there is no list yet, and one will come."""
        return self.stored is None and not self.is_paused

    @property
    def reachable(self) -> int:
        """Pairs with all limits and musts met and a score of at least T."""
        return self.stored.reachable if self.stored else 0


def roles_for(technician: Technician) -> ListState:
    """The stored roles of a technician that are open now: four queries. Nothing for somebody who has paused."""
    if technician.state == TechnicianState.PAUSED:
        return ListState(current_edition(), None, is_paused=True)
    stored = TechnicianMatches.objects.filter(pk=technician.pk).first()
    if stored is None:
        return ListState(current_edition(), None, is_updating=True)
    lists = unpack(stored)
    wanted = [*lists.full.ids.tolist(), *lists.near.ids.tolist()]
    seen = set(Role.objects.open().filter(pk__in=wanted).values_list("pk", flat=True))
    return _state(stored, seen, _is_pending(SubjectKind.TECHNICIAN, technician.pk))


def candidates_for(role: Role) -> ListState:
    """The stored candidates of a role whom its organization may see now: four queries. The organization must be
    loaded.
    """
    stored = RoleMatches.objects.filter(pk=role.pk).first()
    if stored is None:
        return ListState(current_edition(), None, is_updating=True)
    lists = unpack(stored)
    wanted = [*lists.full.ids.tolist(), *lists.near.ids.tolist()]
    seen = set(access.candidates_of(role).filter(pk__in=wanted).values_list("pk", flat=True))
    return _state(stored, seen, _is_pending(SubjectKind.ROLE, role.pk))


def _state(stored: MatchList, seen: set[int], pending: bool) -> ListState:
    lists = unpack(stored)
    return ListState(
        current_edition(), stored, _entries(lists.full, seen), _entries(lists.near, seen), is_updating=pending
    )


def _entries(part: RankedList, seen: set[int]) -> list[Entry]:
    rows = zip(part.ids.tolist(), part.orders.tolist(), part.failed.tolist(), strict=True)
    return [Entry(id_, order, failed) for id_, order, failed in rows if id_ in seen]


def _is_pending(kind: SubjectKind, object_id: int) -> bool:
    return RefreshRequest.objects.filter(kind=kind, object_id=object_id).exclude(applied_to__gt="").exists()


def role_matches(state: ListState, technician: Technician, entries: Sequence[Entry]) -> list[Match[Role]]:
    """The roles of some entries with reasons: a constant number of queries."""
    ids = [entry.id for entry in entries]
    roles = Role.objects.filter(pk__in=ids).with_page().in_bulk()
    reasons = _reasons(state.edition, [(technician.pk, id_) for id_ in ids])
    applied = access.applications_by_role(technician, ids)
    return [
        Match(entry, roles[entry.id], reasons.get((technician.pk, entry.id)), applied.get(entry.id))
        for entry in entries
        if entry.id in roles
    ]


def candidate_matches(state: ListState, role: Role, entries: Sequence[Entry]) -> list[Match[Candidate]]:
    """The people of some entries with reasons: a constant number of queries."""
    ids = [entry.id for entry in entries]
    people = Technician.objects.for_cards().in_bulk(ids)
    named = known_to(role.organization_id, ids)
    reasons = _reasons(state.edition, [(id_, role.pk) for id_ in ids])
    applied = access.applications_by_technician(role, ids)
    return [
        Match(entry, candidate(people[entry.id], named), reasons.get((entry.id, role.pk)), applied.get(entry.id))
        for entry in entries
        if entry.id in people
    ]


def note_named(actor: User, role: Role, matches: Sequence[Match[Candidate]]) -> None:
    """Keep whom a member saw by name among these candidates."""
    named = [match.subject.technician for match in matches if match.subject.is_named]
    note_access(actor=actor, technicians=named, kind=AccessKind.NAME, organization_id=role.organization_id)


def candidate(technician: Technician, named: set[int]) -> Candidate:
    """A person loaded with ``for_cards()``; ``named`` holds those whose name may be known."""
    card = blind_card(technician)
    is_named = technician.pk in named
    return Candidate(card, technician.full_name if is_named else card.name, is_named, technician)


def _reasons(edition: Edition | None, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], PairReasons]:
    return explain_pairs(edition, pairs) if edition else {}
