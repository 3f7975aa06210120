"""Roles as the engine sees them: needs with their weights, and the hard limits as bits."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from matching.corpus import bits
from matching.corpus.frame import Frame
from matching.corpus.rows import CHUNK, grouped, of_owners, read, runs
from matching.corpus.weights import default_weights
from matching.engine.arrays import Roles
from workforce.employers.models import Role, RoleCredential, RoleSkill
from workforce.skills.models import OccupationSkill

NEED = [("owner", "i8"), ("skill", "i8"), ("level", "u1"), ("weight", "f8"), ("must", "?")]
"""One requirement as it is stated; a weight of 0 stands for none."""


def load_roles(frame: Frame, ids: Collection[int] | None = None, *, any_state: bool = False) -> Roles:
    """Read all open roles, or the open ones of ``ids``, in the order of their key: four queries, streamed.

    ``any_state`` takes drafts and closed ones too: their own members may ask who would fit.
    """
    offers = Role.objects.all() if any_state else Role.objects.open()
    if ids is not None:
        offers = offers.filter(pk__in=list(ids))
    return _Loader(frame, offers).load()


class RoleArrays:
    """Makes arrays of what is known of roles: the same of stored ones and of one that nobody has saved."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def words(
        self, shifts: list[str], us_work: bool, english: str, starts_on: datetime.date | None, zone: int, bus: bool,
        credentials: Iterable[int],
    ) -> npt.NDArray[np.uint64]:  # fmt: skip
        """The limits as words. ``zone`` and ``bus`` are the plant's; ``credentials`` those that are a must."""
        return self.frame.limits.pack(
            {
                "shift": bits.shifts(shifts, none_means_all=False),
                "work_authorization": [0] if us_work else [],
                "english": bits.english(english, cumulative=False),
                "start": [bits.week(starts_on, self.frame.today)] if starts_on else [],
                "commute": [] if bus or zone not in self.frame.zone_bits else [self.frame.zone_bits[zone]],
                "credential": bits.credentials(credentials, self.frame),
            }
        )

    def build(
        self,
        ids: npt.NDArray[np.int64],
        need: npt.NDArray[np.uint64],
        openings: npt.NDArray[np.int64],
        occupations: dict[int, int],
        table: npt.NDArray[np.void],
    ) -> Roles:
        """Roles in the order of ``ids``, from their words and the rows of ``NEED`` (by owner) of what they ask for."""
        indptr, columns, levels, weights, must = self._needs(ids, occupations, table)
        return Roles.build(
            n_skills=len(self.frame.vocabulary),
            limits=self.frame.limits,
            ids=ids,
            indptr=indptr,
            indices=columns,
            levels=levels,
            weights=weights,
            must=must,
            need=need,
            openings=openings,
        )

    def _needs(
        self, ids: npt.NDArray[np.int64], occupations: dict[int, int], table: npt.NDArray[np.void]
    ) -> tuple[npt.NDArray[Any], ...]:
        """Row starts, columns, minimum levels, raw weights and musts."""
        columns = self.frame.columns(table["skill"])
        table, columns = table[columns >= 0], columns[columns >= 0]
        essential = self._essential(table, occupations)
        default = default_weights(self.frame.rarity[columns], essential)
        weights = np.where(table["weight"] > 0, table["weight"], default)
        order = np.lexsort((columns, table["owner"]))
        owners, columns, weights = table["owner"][order], columns[order], weights[order]
        levels, must = table["level"][order].astype(np.int64), table["must"][order]
        starts = runs(owners, columns)  # two skills may have come to be one
        if starts.size:
            owners, columns = owners[starts], columns[starts]
            levels, weights = np.maximum.reduceat(levels, starts), np.maximum.reduceat(weights, starts)
            must = np.logical_or.reduceat(must, starts)
        indptr, (columns, levels, weights, must) = grouped(ids, owners, columns, levels, weights, must)
        return indptr, columns, levels, weights, must

    def _essential(self, table: npt.NDArray[np.void], occupations: dict[int, int]) -> npt.NDArray[np.bool_]:
        """Whether the role's occupation calls the skill essential, by row of ``table``."""
        called = OccupationSkill.objects.filter(essential=True, occupation__in=set(occupations.values()))
        pairs = read(called.order_by("pk"), [("owner", "i8"), ("skill", "i8")], "occupation_id", "skill_id")
        essential = set(zip(pairs["owner"].tolist(), pairs["skill"].tolist(), strict=True))
        rows = zip(table["owner"].tolist(), table["skill"].tolist(), strict=True)
        return np.array([(occupations.get(role), skill) in essential for role, skill in rows], dtype=bool)


class _Loader:
    """Collects the columns of one load."""

    def __init__(self, frame: Frame, offers: QuerySet[Role]) -> None:
        self.frame = frame
        self.offers = offers
        self.arrays = RoleArrays(frame)

    def load(self) -> Roles:
        ids, need, openings, occupations = self._offers()
        return self.arrays.build(ids, need, openings, occupations, self._stated(ids))

    def _owned(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return queryset.filter(role__in=self.offers.order_by().values("pk"))

    def _offers(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any], dict[int, int]]:
        asked = self._credentials()
        ids, need, openings = [], [], []
        occupations: dict[int, int] = {}
        fields = (
            "pk", "openings", "occupation_id", "shifts", "needs_us_work", "english_min", "starts_on", "plant__zone_id",
            "plant__company_bus",
        )  # fmt: skip
        rows = self.offers.order_by("pk").values_list(*fields)
        for pk, seats, occupation, shifts, us_work, english, starts_on, zone, bus in rows.iterator(chunk_size=CHUNK):
            ids.append(pk)
            openings.append(max(1, seats))
            if occupation is not None:
                occupations[pk] = occupation
            need.append(self.arrays.words(shifts, us_work, english, starts_on, zone, bus, asked.get(pk, ())))
        words = np.array(need, dtype=np.uint64).reshape(len(ids), self.frame.limits.width)
        return np.array(ids, dtype=np.int64), words, np.array(openings, dtype=np.int64), occupations

    def _credentials(self) -> dict[int, list[int]]:
        """Role -> keys of the credentials without which nobody is taken."""
        asked: dict[int, list[int]] = defaultdict(list)
        rows = (
            self._owned(RoleCredential.objects.filter(must=True)).order_by("pk").values_list("role_id", "credential_id")
        )
        for role, credential in rows.iterator(chunk_size=CHUNK):
            asked[role].append(credential)
        return asked

    def _stated(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
        """What the roles ask for, as it was stated."""
        listed = self._owned(RoleSkill.objects.all()).order_by("role", "pk")
        rows = listed.values_list("role_id", "skill_id", "level", "weight", "must").iterator(chunk_size=CHUNK)
        stated = ((role, skill, level, weight or 0, must) for role, skill, level, weight, must in rows)
        return of_owners(np.fromiter(stated, dtype=NEED), ids)
