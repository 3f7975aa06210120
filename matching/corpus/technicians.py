"""Technicians as the engine sees them: skills with the level that counts, and what they have to offer as bits."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Q, QuerySet
from django.utils import timezone

from matching.corpus import bits
from matching.corpus.frame import Frame
from matching.corpus.rows import CHUNK, best_of_each, grouped, of_owners, read, runs
from matching.engine.arrays import Technicians
from matching.engine.constants import MAX_SKILLS
from workforce.places.reach import Reach
from workforce.technicians.choices import US_AUTHORIZED
from workforce.technicians.models import UNPROVEN_LEVEL, Certificate, SkillEvidence, Technician, TechnicianSkill

OFFER = ("shifts", "us_work", "english", "available_from", "zone_id", "own_transport")
PROOF_POINTS = 10
"""What each proven skill adds to the strength of evidence, up to 255. A sum, not a share: adding a skill never
lowers it.
"""


@dataclass(frozen=True, eq=False)
class TechnicianCorpus:
    """The arrays of some technicians; ``discoverable[i]`` says whether employers may see row i."""

    arrays: Technicians
    discoverable: npt.NDArray[np.bool_]

    def shown(self) -> Technicians:
        """Those whom employers may see."""
        return self.arrays.take(self.discoverable)

    def hidden(self) -> Technicians:
        """Those who look for themselves only."""
        return self.arrays.take(~self.discoverable)


def load_technicians(frame: Frame, ids: Collection[int] | None = None) -> TechnicianCorpus:
    """Read all matchable technicians, or those of ``ids``, in the order of their key: five queries, streamed.

    Skills that no concept stands behind are skipped. Rows are exact as of some moment during the call: who changes
    meanwhile has a refresh request pending.
    """
    people = Technician.objects.matchable()
    if ids is not None:
        people = people.filter(pk__in=list(ids))
    return _Loader(frame, people).load()


class _Loader:
    """Collects the columns of one load."""

    def __init__(self, frame: Frame, people: QuerySet[Technician]) -> None:
        self.frame = frame
        self.people = people
        self.words: dict[Any, npt.NDArray[np.uint64]] = {}
        self.reach = Reach()

    def load(self) -> TechnicianCorpus:
        ids, has, fresh, shown = self._people()
        indptr, columns, levels, evidence = self._skills(ids)
        arrays = Technicians.build(
            n_skills=len(self.frame.vocabulary),
            limits=self.frame.limits,
            ids=ids,
            indptr=indptr,
            indices=columns,
            levels=levels,
            has=has,
            evidence=evidence,
            freshness=fresh,
        )
        return TechnicianCorpus(arrays, shown)

    def _owned(self, queryset: QuerySet[Any, Any], path: str) -> QuerySet[Any, Any]:
        return queryset.filter(**{f"{path}__in": self.people.order_by().values("pk")})

    def _people(self) -> tuple[npt.NDArray[Any], ...]:
        held = self._certificates()
        ids, has, fresh, shown = [], [], [], []
        rows = self.people.order_by("pk").values_list("pk", "updated_at", "discoverable", *OFFER)
        for pk, updated, discoverable, *offer in rows.iterator(chunk_size=CHUNK):
            ids.append(pk)
            fresh.append(timezone.localdate(updated).toordinal())
            shown.append(discoverable)
            words = self._words(*offer)
            has.append(words | self.frame.limits.pack({"credential": held[pk]}) if pk in held else words)
        width = self.frame.limits.width
        return (
            np.array(ids, dtype=np.int64),
            np.array(has, dtype=np.uint64).reshape(len(ids), width),
            np.array(fresh, dtype=np.int64),
            np.array(shown, dtype=bool),
        )

    def _words(
        self,
        shifts: list[str],
        us_work: str,
        english: str,
        free: datetime.date | None,
        zone: int | None,
        transport: bool,
    ) -> npt.NDArray[np.uint64]:
        """Limit words but for credentials; people share few combinations, so each is packed once."""
        today = self.frame.today
        key = (tuple(shifts), us_work in US_AUTHORIZED, english, bits.week(free, today) if free else 0, zone, transport)
        if key not in self.words:
            self.words[key] = self.frame.limits.pack(
                {
                    "shift": bits.shifts(shifts, none_means_all=True),
                    "work_authorization": [0] if us_work in US_AUTHORIZED else [],
                    "english": bits.english(english, cumulative=True),
                    "start": bits.available(free, today),
                    "commute": self._zones(zone, transport),
                }
            )
        return self.words[key]

    def _zones(self, zone: int | None, transport: bool) -> list[int]:
        """Bits of the zones within reach; somebody who names no zone is not held back by it."""
        if zone is None:
            return list(self.frame.zone_bits.values())
        reached = self.reach.zones(zone, own_transport=transport)
        return [self.frame.zone_bits[pk] for pk in reached if pk in self.frame.zone_bits]

    def _certificates(self) -> dict[int, list[int]]:
        """Technician -> bits of the credentials that they hold today, stated or checked: a person checks the paper."""
        valid = Certificate.objects.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=self.frame.today))
        held: dict[int, list[int]] = defaultdict(list)
        rows = self._owned(valid, "technician").order_by("pk").values_list("technician_id", "credential_id")
        for technician, credential in rows.iterator(chunk_size=CHUNK):
            held[technician] += bits.credentials([credential], self.frame)
        return held

    def _skills(self, ids: npt.NDArray[np.int64]) -> tuple[npt.NDArray[Any], ...]:
        """Row starts, columns, levels that count, and each person's strength of evidence."""
        listed = self._owned(TechnicianSkill.objects.filter(skill__isnull=False), "technician").order_by(
            "technician", "pk"
        )
        dtype = [("row", "i8"), ("owner", "i8"), ("skill", "i8"), ("level", "u1")]
        table = of_owners(read(listed, dtype, "pk", "technician_id", "skill_id", "level"), ids)
        proven = self._proven(table["row"])
        levels = np.maximum(np.minimum(table["level"], UNPROVEN_LEVEL.value), proven).astype(np.int64)
        columns = self.frame.columns(table["skill"])
        known = columns >= 0
        owners, columns, levels, proven = (part[known] for part in (table["owner"], columns, levels, proven))
        order = np.lexsort((columns, owners))
        owners, columns, levels, proven = (part[order] for part in (owners, columns, levels, proven))
        starts = runs(owners, columns)  # two skills may have come to be one
        if starts.size:
            owners, columns = owners[starts], columns[starts]
            levels, proven = np.maximum.reduceat(levels, starts), np.maximum.reduceat(proven, starts)
        keep = best_of_each(owners, levels, MAX_SKILLS)
        owners, columns, levels, proven = (part[keep] for part in (owners, columns, levels, proven))
        points = PROOF_POINTS * np.bincount(np.searchsorted(ids, owners[proven > 0]), minlength=ids.size)
        indptr, (columns, levels) = grouped(ids, owners, columns, levels)
        return indptr, columns, levels, np.minimum(points, 255)

    def _proven(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The highest level that somebody else stands behind today, 0 for none: parallel to ``rows``."""
        evidence = self._owned(
            SkillEvidence.objects.proven().valid_on(self.frame.today), "technician_skill__technician"
        )
        table = read(evidence.order_by("pk"), [("row", "i8"), ("level", "u1")], "technician_skill_id", "level")
        levels = np.zeros(rows.size, dtype=np.int64)
        if rows.size and table.size:
            by_row = np.argsort(rows, kind="stable")
            at = np.minimum(np.searchsorted(rows[by_row], table["row"]), rows.size - 1)
            ours = rows[by_row][at] == table["row"]
            np.maximum.at(levels, by_row[at[ours]], table["level"][ours].astype(np.int64))
        return levels
