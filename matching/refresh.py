"""Working off refresh requests: scoring who changed against everybody on the other side, and storing what came
of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError

from matching import rebuilds
from matching.choices import SubjectKind
from matching.corpus.roles import load_roles
from matching.corpus.technicians import load_technicians
from matching.editions import Edition, Workspace, current_edition, everybody, open_roles, workspace
from matching.engine.arrays import Roles
from matching.engine.constants import Int64Array
from matching.engine.joining import lists_of, without
from matching.engine.lists import OwnerLists
from matching.everybody import Crowd, Everybody
from matching.locks import exclusive
from matching.merging import Moves, StaleComputation, merge
from matching.models import RefreshRequest, RoleMatches, TechnicianMatches
from matching.sequence import current_number
from matching.services import settle
from matching.stored import store

if TYPE_CHECKING:
    from matching.engine.neighbors import PairEntries

logger = logging.getLogger(__name__)
BATCH = 200
LOCK_WAIT = 20.0


def drain(*, first: tuple[SubjectKind, int] | None = None, wait: float = LOCK_WAIT) -> int:
    """Work off what is pending, ``first`` before all else, and return how many requests were settled.

    One worker at a time: the next one waits, and then mostly finds nothing left. What fails is logged, left pending
    and skipped for this time, so that one bad row does not hold up the others. Before the first rebuild this starts
    one.
    """
    with exclusive("refresh", wait=wait) as held:
        if not held:
            return 0
        edition = current_edition()
        if edition is None:
            rebuilds.ensure_first_edition()
            return 0
        settled, failed = 0, set[int]()
        while pending := _pending(edition, first, failed):
            for kind in (SubjectKind.ROLE, SubjectKind.TECHNICIAN):
                settled += _work(edition, kind, [request for request in pending if request.kind == kind], failed)
            first = None
        return settled


def _pending(edition: Edition, first: tuple[SubjectKind, int] | None, failed: set[int]) -> list[RefreshRequest]:
    wanted = RefreshRequest.objects.exclude(applied_to=edition.name).exclude(pk__in=failed)
    wanted = wanted.filter(kind__in=(SubjectKind.TECHNICIAN, SubjectKind.ROLE)).order_by("seq", "pk")
    if first is not None:
        urgent = list(wanted.filter(kind=first[0], object_id=first[1]))
        if urgent:
            return urgent
    return list(wanted[:BATCH])


def _work(edition: Edition, kind: SubjectKind, requests: Sequence[RefreshRequest], failed: set[int]) -> int:
    """Refresh a batch; where that fails, one by one."""
    if not requests:
        return 0
    refresh: Callable[..., None] = refresh_roles if kind == SubjectKind.ROLE else refresh_technicians
    try:
        refresh(edition, [request.object_id for request in requests])
    except StaleComputation:
        failed.update(request.pk for request in requests)  # somebody was faster with newer data: next time
        return 0
    except (OperationalError, InterfaceError):
        raise  # no row's fault: the task is tried again
    except Exception:  # whatever one row brings about: the others must not wait for it
        if len(requests) > 1:
            return sum(_work(edition, kind, [request], failed) for request in requests)
        logger.exception("Refreshing %s failed; it stays pending.", requests[0])
        failed.add(requests[0].pk)
        return 0
    for request in requests:
        settle(request, edition)
    return len(requests)


def refresh_technicians(edition: Edition, ids: Sequence[int], *, spread: bool = True) -> None:
    """Compute these technicians' lists; with ``spread``, move them in and out of the roles' lists as well.

    Those who are no longer matchable lose their list and leave all others. Raises StaleComputation.
    """
    # Imported here and not above: scikit-learn takes seconds, and receivers (so every web process) import this
    # package's modules.
    from matching.engine.neighbors import CoverageNeighbors  # noqa: PLC0415

    seq = current_number()
    space = workspace(edition.version)
    corpus = load_technicians(space.frame, ids)
    people = corpus.arrays
    neighbors = CoverageNeighbors(space.matrix, day=edition.day.toordinal()).fit(open_roles(space))
    moves, lists = Moves(set(ids)), []
    for row, shown in enumerate(corpus.discoverable.tolist()):
        one = neighbors.match_one_technician(people.take(slice(row, row + 1)))
        lists.append(one.lists)
        if shown:
            moves.add(one.lists.owner_id, one.pairs.ids, one.pairs.orders, one.pairs.failed)
    store(TechnicianMatches, lists, edition=edition.name, seq=seq)
    TechnicianMatches.objects.filter(pk__in=set(ids) - set(people.ids.tolist())).delete()
    if spread:
        short = merge(RoleMatches, moves, edition=edition.name, seq=seq)
        if short:
            refresh_roles(edition, short, spread=False)


def refresh_roles(edition: Edition, ids: Sequence[int], *, spread: bool = True) -> None:
    """Compute these roles' lists; with ``spread``, move them in and out of the technicians' lists as well.

    Roles that are no longer open lose their list and leave all others. Raises StaleComputation.
    """
    seq = current_number()
    space = workspace(edition.version)
    roles = load_roles(space.frame, ids)
    moves, lists = Moves(set(ids)), list[OwnerLists]()
    if len(roles):
        lists = _role_lists(space, edition, roles, everybody(space), moves)
    store(RoleMatches, lists, edition=edition.name, seq=seq)
    RoleMatches.objects.filter(pk__in=set(ids) - set(roles.ids.tolist())).delete()
    if spread:
        short = merge(TechnicianMatches, moves, edition=edition.name, seq=seq)
        for start in range(0, len(short), BATCH):
            refresh_technicians(edition, short[start : start + BATCH], spread=False)


def _role_lists(space: Workspace, edition: Edition, roles: Roles, people: Everybody, moves: Moves) -> list[OwnerLists]:
    """Each role's list over those whom employers may see; its places in everybody's lists go into ``moves``."""
    fresh = Crowd(people.fresh.shown()), Crowd(people.fresh.hidden())
    lists = []
    for row in range(len(roles)):
        role = roles.take(slice(row, row + 1))
        (own, seen), (_, unseen) = (
            _match(space, edition, role, people.stale, base, new)
            for base, new in zip((people.shown, people.hidden), fresh, strict=True)
        )
        lists.append(own)
        for pairs in (*seen, *unseen):
            moves.add(own.owner_id, pairs.ids, pairs.orders, pairs.failed)
    return lists


def _match(
    space: Workspace, edition: Edition, role: Roles, stale: Int64Array, base: Crowd, fresh: Crowd
) -> tuple[OwnerLists, list[PairEntries]]:
    """One role's lists and pairs with the base, less those who changed, and with these as they are now: the same as
    with all of them at once.
    """
    whole = base.neighbors(space.matrix, edition.day).match_one_role(role)
    if not stale.size:
        return whole.lists, [whole.pairs]
    pairs = [without(whole.pairs, stale), fresh.neighbors(space.matrix, edition.day).match_one_role(role).pairs]
    return lists_of(whole.lists, pairs), pairs
