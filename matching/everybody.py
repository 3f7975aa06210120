"""Everybody who can be matched, kept in the process: read once, and then only who changed.

Exact as of some moment during the call, as reading all would be: ``changes`` tells whom to read again. The base is
kept as it was read, with what was made of it (who holds each skill, the fitted estimators); those who changed since
stand beside it until they are many.
"""

from __future__ import annotations

import datetime
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Count, Max, Sum

from matching.changes import changed_since, take_mark
from matching.corpus.frame import Frame
from matching.corpus.technicians import TechnicianCorpus, load_technicians
from matching.engine.arrays import Technicians
from matching.engine.constants import Int64Array
from matching.engine.holders import Holders
from matching.engine.joining import join_technicians, others
from matching.engine.matrix import RelatednessMatrix
from workforce.technicians.models import Technician

if TYPE_CHECKING:
    from matching.engine.neighbors import CoverageNeighbors

FEW, SHARE = 500, 20
"""Those who changed join the base once they are more than ``FEW`` and more than one in ``SHARE``."""
MANY = 5_000  # so many changed at once that reading all is no slower
LOOKS = 3


class Crowd:
    """Technicians, and what is made of them once."""

    def __init__(self, people: Technicians) -> None:
        self.people = people
        self._fitted: tuple[RelatednessMatrix, int, CoverageNeighbors] | None = None

    @cached_property
    def holders(self) -> Holders:
        """Who holds each skill."""
        return Holders.of(self.people)

    def neighbors(self, matrix: RelatednessMatrix, day: datetime.date) -> CoverageNeighbors:
        """The estimator fitted on these people. For workers: it takes scikit-learn."""
        # Imported here and not above: scikit-learn takes seconds, and a web process imports this module.
        from matching.engine.neighbors import CoverageNeighbors  # noqa: PLC0415

        ordinal = day.toordinal()
        fitted = self._fitted
        if fitted is None or fitted[0] is not matrix or fitted[1] != ordinal:
            fitted = matrix, ordinal, CoverageNeighbors(matrix, day=ordinal).fit(self.people)
            self._fitted = fitted
        return fitted[2]


@dataclass(frozen=True, eq=False)
class Everybody:
    """``shown`` to employers and ``hidden``: the base, in which ``stale`` ids no longer count. ``fresh``: these as they
    are now, where they are still matchable, and whoever is new. All in the order of their keys.
    """

    shown: Crowd
    hidden: Crowd
    stale: Int64Array
    fresh: TechnicianCorpus

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.fresh.arrays) + sum(self.counted(base).size for base in (self.shown, self.hidden))

    @property
    def key_sum(self) -> int:
        """The sum of their keys."""
        return int(self.fresh.arrays.ids.sum() + sum(self.counted(base).sum() for base in (self.shown, self.hidden)))

    def counted(self, base: Crowd) -> Int64Array:
        """Keys of those in the base who have not changed."""
        return base.people.ids[others(base.people.ids, self.stale)]

    def with_changed(self, ids: Int64Array, read: TechnicianCorpus) -> Everybody:
        """These, after those of ``ids`` (rising) were read again."""
        rest = others(self.fresh.arrays.ids, ids)
        parts = (self.fresh.arrays.take(rest), read.arrays)
        order = np.argsort(np.concatenate([part.ids for part in parts]))
        shown = np.concatenate([self.fresh.discoverable[rest], read.discoverable])[order]
        fresh = TechnicianCorpus(join_technicians(parts), shown)
        return Everybody(self.shown, self.hidden, np.union1d(self.stale, ids), fresh)

    def is_worn(self) -> bool:
        """Whether so many changed that a new base is worth its making."""
        base = len(self.shown.people) + len(self.hidden.people)
        return self.stale.size > max(FEW, base // SHARE)

    def renewed(self) -> Everybody:
        """The same people in a base of their own."""

        def whole(base: Crowd, fresh: Technicians) -> Technicians:
            return join_technicians([base.people.take(others(base.people.ids, self.stale)), fresh])

        return _all_in_base(whole(self.shown, self.fresh.shown()), whole(self.hidden, self.fresh.hidden()))


def read_everybody(frame: Frame) -> Everybody:
    """Read all from the database."""
    corpus = load_technicians(frame)
    return _all_in_base(corpus.shown(), corpus.hidden())


def _all_in_base(shown: Technicians, hidden: Technicians) -> Everybody:
    nobody = TechnicianCorpus(shown.take(slice(0, 0)), np.zeros(0, dtype=bool))
    return Everybody(Crowd(shown), Crowd(hidden), np.empty(0, dtype=np.int64), nobody)


@dataclass(frozen=True)
class _Stamp:
    """What the table of technicians looks like: betrays who wrote past the services, for whom no change is noted."""

    count: int
    key_sum: int
    saved: datetime.datetime | None


@dataclass(frozen=True)
class _Seen:
    everybody: Everybody
    mark: int
    saved: datetime.datetime | None


class EverybodyKept:
    """The people of one frame, brought up to date at each look; one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: _Seen | None = None

    def now(self, frame: Frame) -> Everybody:
        """Everybody as of now: four queries when nobody changed, and those of ``load_technicians`` else."""
        with self._lock:
            self._seen = self._looked(frame) or _read(frame)
            return self._seen.everybody

    def _looked(self, frame: Frame) -> _Seen | None:
        """What is kept, brought up to date; None where everybody has to be read."""
        seen = self._seen
        for _ in range(LOOKS):
            if seen is None:
                return None
            stamp = _stamp()
            seen = _brought_up_to_date(seen, frame, stamp.saved)
            if seen is not None and (seen.everybody.count, seen.everybody.key_sum) == (stamp.count, stamp.key_sum):
                return seen  # else somebody has saved just now: look again
        return None


def _stamp() -> _Stamp:
    people = Technician.objects.matchable().aggregate(n=Count("pk"), keys=Sum("pk"))
    saved = Technician.objects.aggregate(saved=Max("updated_at"))["saved"]
    return _Stamp(people["n"], people["keys"] or 0, saved)


def _read(frame: Frame) -> _Seen:
    mark, stamp = take_mark(), _stamp()  # before the reading: what it may miss is looked for the next time
    return _Seen(read_everybody(frame), mark, stamp.saved)


def _brought_up_to_date(seen: _Seen, frame: Frame, saved: datetime.datetime | None) -> _Seen | None:
    """Read again who changed; None where everybody has to be."""
    mark = take_mark()
    changed = changed_since(seen.mark)
    ids = set(changed.technicians)
    if saved is not None and seen.saved is not None and saved > seen.saved:
        ids.update(Technician.objects.filter(updated_at__gt=seen.saved).values_list("pk", flat=True))
    if changed.places or len(ids) > MANY or (saved != seen.saved and not ids):
        return None
    everybody = seen.everybody
    if ids:
        wanted = sorted(ids)
        everybody = everybody.with_changed(np.array(wanted, dtype=np.int64), load_technicians(frame, wanted))
        if everybody.is_worn():
            everybody = everybody.renewed()
    return _Seen(everybody, mark, saved)
