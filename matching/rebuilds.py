"""Computing everything in shards over the workers; killed anywhere, it goes on where it stood.

start_rebuild -> score_shard x n -> finish_rebuild. Each step may run twice with the same result. Until the end the
lists of the edition before are in force; refreshes that happen meanwhile are done on those, and once more on the new
ones.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from math import ceil

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from matching.changes import forget_old_changes
from matching.choices import RebuildState, SubjectKind
from matching.corpus.roles import load_roles
from matching.corpus.technicians import load_technicians
from matching.editions import workspace
from matching.engine.arrays import SkillVocabulary
from matching.engine.lists import merge_partial
from matching.engine.matrix import RelatednessMatrix
from matching.engine.sharding import shard_ranges
from matching.engines import EngineBusy, fit_engine, load_engine
from matching.giving_up import let_go_of_lists
from matching.kicks import kick
from matching.locks import exclusive
from matching.models import RebuildRun, RebuildShard, RefreshRequest, RoleMatches, TechnicianMatches
from matching.sequence import current_number
from matching.snapshots import (
    DamagedSnapshot,
    Snapshot,
    has_partial,
    load_snapshot,
    read_partial,
    remove_snapshot,
    remove_snapshots_except,
    write_partial,
    write_snapshot,
)
from matching.stored import store

logger = logging.getLogger(__name__)
STALLED = datetime.timedelta(seconds=120)
SNAPSHOT_TIME = datetime.timedelta(minutes=15)
RUNS_KEPT = 50
Send = Callable[..., object]


class GivenUp(Exception):
    """Somebody canceled the rebuild, or started another one, before it had begun to score."""


def start_rebuild(*, shards: int | None = None, send: Send = kick) -> RebuildRun:
    """Fit if needed, take the snapshot, cut it and send its shards; return the run.

    A rebuild that is under way is given up: this one has newer data. ``send(task, **kwargs)`` reaches the workers.
    """
    run = _start(shards, only_if_idle=False)
    assert run is not None  # noqa: S101 for the type checker: without the condition there always is one
    send_shards(run, send)
    return run


def start_if_idle(*, send: Send = kick) -> RebuildRun | None:
    """Start a rebuild as timers and events do: not while one is getting on; return the run, or None.

    The broker gives a task that takes long to a second worker: that one must not undo what the first has begun.
    """
    if is_getting_on():
        return None
    run = _start(None, only_if_idle=True)
    if run is not None:
        send_shards(run, send)
    return run


def is_getting_on() -> bool:
    """Whether a rebuild is under way that has begun, or has finished a shard, within ``SNAPSHOT_TIME``."""
    since = timezone.now() - SNAPSHOT_TIME
    done = RebuildShard.objects.filter(done_at__gte=since).values("run")
    return RebuildRun.objects.active().filter(Q(started_at__gte=since) | Q(pk__in=done)).exists()


def _start(shards: int | None, *, only_if_idle: bool) -> RebuildRun | None:
    engine = fit_engine()
    with exclusive("start-rebuild", wait=600) as held:
        if not held:
            raise EngineBusy
        if only_if_idle and is_getting_on():  # another worker was faster while this one fitted
            return None
        for old in RebuildRun.objects.active():
            _fail(old, "superseded")
        run: RebuildRun = RebuildRun.objects.create(version=engine.version)
        # Whoever has asked up to here changed something that is committed, so the snapshot below shows it. Not so the
        # fit, which was before: requests to fit anew stay.
        RefreshRequest.objects.exclude(kind=SubjectKind.TAXONOMY).update(covered_by=run.pk)
        try:
            _take_snapshot(run, shards)
        except Exception as error:
            _fail(run, repr(error))
            raise
    return run


def _take_snapshot(run: RebuildRun, shards: int | None) -> None:
    space = workspace(run.version)
    run.seq = current_number()
    people, roles = load_technicians(space.frame), load_roles(space.frame)
    run.snapshot = f"run-{run.pk}"
    write_snapshot(run.snapshot, space.frame.vocabulary.codes, people, roles)
    count = len(people.arrays)
    wanted = shards or ceil(count / settings.MATCHING_SHARD_TECHNICIANS)
    ranges = shard_ranges(count, np.diff(people.arrays.indptr) + 1, max(1, wanted))
    with transaction.atomic():
        if not RebuildRun.objects.select_for_update().filter(pk=run.pk, state=RebuildState.SNAPSHOT).exists():
            raise GivenUp(f"rebuild {run.pk} was given up while it took its snapshot")
        RebuildShard.objects.bulk_create(
            RebuildShard(run=run, number=number, first_row=first, last_row=last)
            for number, (first, last) in enumerate(ranges)
        )
        run.shards, run.technicians, run.roles = len(ranges), count, len(roles)
        run.state = RebuildState.SCORING
        run.save()


def send_shards(run: RebuildRun, send: Send = kick) -> None:
    """Send what is left to score, or the end if nothing is."""
    numbers = list(_left(run).values_list("number", flat=True))
    for number in numbers:
        send("score_shard", run_id=run.pk, number=number)
    if not numbers:
        send("finish_rebuild", run_id=run.pk)


def _left(run: RebuildRun) -> QuerySet[RebuildShard]:
    return RebuildShard.objects.filter(run=run, done_at__isnull=True).order_by("number")


def score_shard(*, run_id: int, number: int, send: Send = kick) -> bool:
    """Score one range of technicians against all roles and store its lists; return whether there was something to do.

    Technicians' lists are final; the roles' part is kept in a file until the end. Twice is as good as once.
    """
    run = RebuildRun.objects.filter(pk=run_id, state=RebuildState.SCORING).first()
    if run is None:
        return False
    shard = RebuildShard.objects.get(run=run, number=number)
    if shard.done_at is None or not has_partial(run.snapshot, number):
        RebuildShard.objects.filter(pk=shard.pk).update(taken_at=timezone.now())
        try:
            _score(run, shard, load_snapshot(run.snapshot))
        except (DamagedSnapshot, FileNotFoundError) as error:
            if not _goes_on(run):
                return False  # given up meanwhile, and its snapshot is gone
            if isinstance(error, DamagedSnapshot):
                _fail(run, str(error))
                let_go_of_lists()
            raise
        if not _goes_on(run):
            let_go_of_lists()
            return False
        RebuildShard.objects.filter(pk=shard.pk).update(done_at=timezone.now())
    if not _left(run).exists():
        send("finish_rebuild", run_id=run.pk)
    return True


def _goes_on(run: RebuildRun) -> bool:
    return RebuildRun.objects.active().filter(pk=run.pk).exists()


def _score(run: RebuildRun, shard: RebuildShard, snapshot: Snapshot) -> None:
    # Imported here and not above: scikit-learn takes seconds, and the web asks this module how far a rebuild is.
    from matching.engine.neighbors import CoverageNeighbors  # noqa: PLC0415

    neighbors = CoverageNeighbors(_relatedness(run, snapshot), day=run.day.toordinal())
    rows = slice(shard.first_row, shard.last_row)
    people, shown = snapshot.people.arrays.take(rows), snapshot.people.discoverable[rows]
    both = neighbors.match(people.take(shown), snapshot.roles)
    write_partial(run.snapshot, shard.number, both.roles)
    lists = [*both.technicians]
    if not shown.all():
        lists += [*neighbors.fit(snapshot.roles).kneighbors(people.take(~shown))]
    store(TechnicianMatches, lists, edition=run.edition, seq=run.seq)


def _relatedness(run: RebuildRun, snapshot: Snapshot) -> RelatednessMatrix:
    return load_engine(run.version).matrix.over(SkillVocabulary(snapshot.codes))


def finish_rebuild(*, run_id: int, send: Send = kick) -> bool:
    """Merge the roles' lists, put the edition in force and have replayed what changed; return whether this call did it.

    One worker at a time, and only when no shard is left; killed half-way, the next call does it all again.
    """
    with exclusive(f"finish-rebuild-{run_id}") as held:
        run = RebuildRun.objects.filter(pk=run_id, state__in=(RebuildState.SCORING, RebuildState.MERGING)).first()
        if not held or run is None or _left(run).exists() or _recall_lost(run, send):
            return False
        if not RebuildRun.objects.active().filter(pk=run_id).update(state=RebuildState.MERGING):
            return False
        _merge(run)
        if not _put_in_force(run):
            let_go_of_lists()
            return False
    remove_snapshot(run.snapshot)
    send("drain_refresh_requests")
    return True


def _recall_lost(run: RebuildRun, send: Send) -> list[int]:
    """Shards whose part is missing or damaged are computed again; return their numbers."""
    lost = [number for number in range(run.shards) if not has_partial(run.snapshot, number)]
    if lost:
        RebuildShard.objects.filter(run=run, number__in=lost).update(done_at=None)
        RebuildRun.objects.active().filter(pk=run.pk).update(state=RebuildState.SCORING)
        for number in lost:
            send("score_shard", run_id=run.pk, number=number)
    return lost


def _merge(run: RebuildRun) -> None:
    # Lazily for the same reason as above.
    from matching.engine.neighbors import CoverageNeighbors  # noqa: PLC0415

    if run.shards:
        merged = merge_partial(*(read_partial(run.snapshot, number) for number in range(run.shards)))
    else:
        snapshot = load_snapshot(run.snapshot)
        nobody = CoverageNeighbors(_relatedness(run, snapshot), day=run.day.toordinal())
        merged = nobody.match(snapshot.people.arrays, snapshot.roles).roles
    store(RoleMatches, merged, edition=run.edition, seq=run.seq)


@transaction.atomic
def _put_in_force(run: RebuildRun) -> bool:
    """From here on this is the edition; lists of earlier ones go, but for those that are about to be computed again.
    Not where it was given up meanwhile.
    """
    if not RebuildRun.objects.select_for_update().filter(pk=run.pk, state=RebuildState.MERGING).exists():
        return False
    run.state, run.finished_at = RebuildState.DONE, timezone.now()
    run.save(update_fields=("state", "finished_at"))
    RefreshRequest.objects.filter(covered_by=run.pk).delete()
    for model, kind in ((TechnicianMatches, "technician"), (RoleMatches, "role")):
        pending = RefreshRequest.objects.filter(kind=kind).values("object_id")
        model.objects.exclude(edition=run.edition).exclude(pk__in=pending).delete()
    old = RebuildRun.objects.order_by("-pk").values_list("pk", flat=True)[RUNS_KEPT:]
    RebuildRun.objects.filter(pk__in=list(old)).delete()
    return True


def cancel(run: RebuildRun) -> bool:
    """Give up a rebuild that is under way, wherever its workers are; return whether it was.

    The edition before stays in force. Lists that this one has replaced already are computed anew, one by one.
    """
    given_up = RebuildRun.objects.active().filter(pk=run.pk)
    if not given_up.update(state=RebuildState.CANCELED, finished_at=timezone.now()):
        return False
    remove_snapshot(run.snapshot or f"run-{run.pk}")
    let_go_of_lists()
    return True


def _fail(run: RebuildRun, error: str) -> None:
    active = RebuildRun.objects.active().filter(pk=run.pk)
    active.update(state=RebuildState.FAILED, error=error, finished_at=timezone.now())
    remove_snapshot(run.snapshot or f"run-{run.pk}")


def resume_rebuilds(*, send: Send = kick) -> int:
    """Send again what a dead worker or a lost message left undone; return how many runs needed it."""
    now = timezone.now()
    resumed = 0
    for run in RebuildRun.objects.active().order_by("pk"):
        if run.state == RebuildState.SNAPSHOT:
            if run.started_at < now - SNAPSHOT_TIME:
                _fail(run, "the snapshot was never finished")
                start_rebuild(send=send)
                resumed += 1
        elif _is_stalled(run, now):
            send_shards(run, send)
            resumed += 1
    let_go_of_lists()
    return resumed


def _is_stalled(run: RebuildRun, now: datetime.datetime) -> bool:
    if run.state == RebuildState.MERGING or not _left(run).exists():
        return True  # the end runs under a lock: asking for it twice does no harm
    lost = _left(run).filter(taken_at__lt=now - STALLED).exists()
    busy = RebuildShard.objects.filter(Q(taken_at__gte=now - STALLED) | Q(done_at__gte=now - STALLED), run=run).exists()
    return lost or (not busy and run.started_at < now - STALLED)


def resume(run: RebuildRun, *, send: Send = kick) -> None:
    """Go on with one run at once. Raises ValueError for one that is at its end or has no snapshot."""
    if run.state not in (RebuildState.SCORING, RebuildState.MERGING):
        raise ValueError(f"rebuild {run.pk} is {run.state}: it cannot be resumed")
    send_shards(run, send)


def ensure_first_edition(*, send: Send = kick) -> None:
    """Start a rebuild where none has ever finished and none is under way."""
    if not RebuildRun.objects.active().exists() and not RebuildRun.objects.done().exists():
        start_rebuild(send=send)


def rebuild_now(*, shards: int | None = None, progress: Callable[[list[int]], Iterable[int]] = iter) -> RebuildRun:
    """All of it in this process, with no worker: tests, and ``--sync``. ``progress`` wraps the shards' numbers."""
    run = start_rebuild(shards=shards, send=_nowhere)
    complete_here(run, progress=progress)
    run.refresh_from_db()
    return run


def complete_here(run: RebuildRun, *, progress: Callable[[list[int]], Iterable[int]] = iter) -> None:
    """Do in this process what is left of a run."""
    for number in progress(list(_left(run).values_list("number", flat=True))):
        score_shard(run_id=run.pk, number=number, send=_nowhere)
    finish_rebuild(run_id=run.pk, send=_nowhere)


def _nowhere(task: str, **kwargs: int) -> None:
    """A broker for those who need none."""


def sweep() -> None:
    """What dates and crashes leave behind: old snapshots, and changes that all have seen. A rebuild follows by the
    caller.
    """
    forget_old_changes()
    remove_snapshots_except(set(RebuildRun.objects.active().values_list("snapshot", flat=True)))
