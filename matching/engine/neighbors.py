"""``CoverageNeighbors``: the coverage score behind scikit-learn's neighbours interface.

matrix = load_relatedness(directory)                       # artefact.py, needs no scikit-learn
vocabulary = SkillVocabulary([*matrix.codes, *newer_codes])
matrix = matrix.over(vocabulary)
technicians = Technicians.build(n_skills=len(vocabulary), limits=limits, ...)
roles = Roles.build(n_skills=len(vocabulary), limits=limits, ...)

nn = CoverageNeighbors(matrix, day=date.toordinal())
both = nn.match(technicians, roles)                        # both sides at once
shard = nn.match(technicians.take(slice(start, stop)), roles)
role_lists = merge_partial(shard_a.roles, shard_b.roles)   # equal to the single run

nn.fit(technicians).kneighbors(roles)                      # MatchLists, one per role
nn.fit(roles).kneighbors(technicians)                      # MatchLists, one per technician
"""

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching.engine.arrays import Roles, Technicians
from matching.engine.collect import Collector, stack
from matching.engine.constants import (
    LIST_PER_OPENING,
    NEAR_LIST,
    ROLE_LIST,
    TECHNICIAN_LIST,
    Int8Array,
    Int64Array,
    UInt64Array,
)
from matching.engine.coverage import NeedIndex
from matching.engine.lists import MatchLists, OwnerLists
from matching.engine.matrix import RelatednessMatrix
from matching.engine.pairs import Pairs

if TYPE_CHECKING:
    from matching.engine.sweep import Sweep

Backend = Literal["auto", "compiled", "plain"]
_CHUNK = 16_384  # technicians whose cost is estimated at a time
_WORTH_FITTING = 10_000  # fitted rows from which single updates are compiled
_MOST_LIMITS = 8  # the compiled loops keep the failed ones as bits of a byte
_WORTH_COMPILING = 20_000_000  # pairs that the plain path scores in about the time that numba takes to start


@dataclass(frozen=True, eq=False)
class Matches:
    """What ``match`` found: technicians' lists, and the roles' lists (partial if the technicians were a shard)."""

    technicians: MatchLists
    roles: MatchLists


@dataclass(frozen=True, eq=False)
class PairEntries:
    """Every pair of one owner with at most one failed limit and a sum above 0, to merge into the other side's lists.

    Parallel arrays: the other's id, the whole order (see ``RankedList.with_entry``), the failed limit or
    NONE_FAILED. Sorted by id. Who is missing here has no place in that list any more (``RankedList.without``).
    """

    ids: Int64Array
    orders: UInt64Array
    failed: Int8Array


@dataclass(frozen=True, eq=False)
class OneMatch:
    """A single update: the owner's own lists, and what to merge into the others'."""

    lists: OwnerLists
    pairs: PairEntries


class CoverageNeighbors(BaseEstimator):  # type: ignore[misc, unused-ignore]  # scikit-learn ships no types
    """Exact neighbours under the coverage score of ``docs/matching.md``.

    Parameters
    ----------
    relatedness : RelatednessMatrix, or anything with one as ``matrix_`` (a fitted ``SkillRelatedness``)
        In the columns of the technicians' and roles' vocabulary (``RelatednessMatrix.over``).
    n_neighbors : int, default 200
        Roles in a technician's list.
    n_near : int, default 50
        Entries in the list of pairs that fail exactly one limit, on both sides.
    min_neighbors_role, neighbors_per_opening : int, default 100 and 10
        A role's list holds ``max(min_neighbors_role, neighbors_per_opening * openings)``.
    day : int, default 0
        Day ordinal; ages freshness and rotates ties. Lists of different days are not merged.
    block_cells : int, default 2,000,000
        Bounds memory of the plain path: pairs (and coverage entries) worked on at a time. Never changes a result.
    backend : {"auto", "compiled", "plain"}, default "auto"
        The loops compiled by numba, or NumPy and SciPy alone: the same integers. ``auto`` compiles for large input
        only, where the seconds of the first compilation are soon won back. With more than eight limits: plain.
    n_jobs : int or None, default None
        Threads of the compiled loops: None is one, -1 all cores. Never changes a result.

    Attributes
    ----------
    fitted_ : Technicians or Roles
        The side that was fitted.
    index_ : NeedIndex or None
        The fitted roles, indexed for the plain path; None where technicians were fitted.
    singles_ : FittedRoles, FittedTechnicians or None
        The fitted side, ready for compiled single updates; None where these take the plain path.
    """

    def __init__(
        self,
        relatedness: Any = None,
        *,
        n_neighbors: int = TECHNICIAN_LIST,
        n_near: int = NEAR_LIST,
        min_neighbors_role: int = ROLE_LIST,
        neighbors_per_opening: int = LIST_PER_OPENING,
        day: int = 0,
        block_cells: int = 2_000_000,
        backend: Backend = "auto",
        n_jobs: int | None = None,
    ) -> None:
        self.relatedness = relatedness
        self.n_neighbors = n_neighbors
        self.n_near = n_near
        self.min_neighbors_role = min_neighbors_role
        self.neighbors_per_opening = neighbors_per_opening
        self.day = day
        self.block_cells = block_cells
        self.backend = backend
        self.n_jobs = n_jobs

    def fit(self, X: Technicians | Roles, y: object = None) -> Self:
        """Take one side; ``kneighbors`` and the single updates then come from the other. ``y`` is ignored.

        Raises TypeError for anything but ``Technicians`` or ``Roles``, ValueError for other columns than relatedness
        has.
        """
        self._check_parameters()
        index: NeedIndex | None = None
        if isinstance(X, Roles):
            index = NeedIndex.build(X, self._matrix())
        elif isinstance(X, Technicians):
            self._check_columns(X)
        else:
            raise TypeError(f"fit takes Technicians or Roles, not {type(X).__name__}")
        self.index_ = index
        self.fitted_ = X
        self.singles_ = self._singles(X)
        return self

    def kneighbors(self, X: Technicians | Roles) -> MatchLists:
        """Lists for the other side than the fitted one: one ``OwnerLists`` per row of ``X``.

        Raises NotFittedError before ``fit`` and TypeError for the same side as the fitted one.
        """
        if isinstance(X, Technicians):
            index = self._fitted_roles()
            if self._compiles(X, index.roles):
                return stack([*self._sweep(X, index.roles, roles_too=False).chunks()])
            return stack([lists for _, lists in self._technician_blocks(X, index)])
        if not isinstance(X, Roles):
            raise TypeError(f"kneighbors takes Technicians or Roles, not {type(X).__name__}")
        technicians = self._fitted_technicians()
        if self._compiles(technicians, X):
            sweep = self._sweep(technicians, X, technicians_too=False)
            for _ in sweep.chunks():
                pass
            return sweep.roles()
        index = NeedIndex.build(X, self._matrix())
        collector = self._role_collector(X)
        for block, pairs in self._blocks(technicians, index):
            collector.add(pairs.role, block.ids[pairs.person], pairs.orders, pairs.failed)
        return collector.lists()

    def match(self, technicians: Technicians, roles: Roles) -> Matches:
        """Both sides in one pass; fits nothing. With a range of technicians the roles' lists are that range's part."""
        self._check_parameters()
        if self._compiles(technicians, roles):
            sweep = self._sweep(technicians, roles)
            return Matches(stack([*sweep.chunks()]), sweep.roles())
        index = NeedIndex.build(roles, self._matrix())
        collector = self._role_collector(roles)
        parts = []
        for (block, pairs), lists in self._technician_blocks(technicians, index):
            collector.add(pairs.role, block.ids[pairs.person], pairs.orders, pairs.failed)
            parts.append(lists)
        return Matches(stack(parts), collector.lists())

    def sweep(self, technicians: Technicians, roles: Roles) -> "Sweep":
        """``match`` in bounded memory, always compiled: read its ``chunks`` of technicians' lists, then its ``roles``.

        Raises ValueError for more than eight limits.
        """
        self._check_parameters()
        if len(roles.limits.specs) > _MOST_LIMITS:
            raise ValueError(f"a sweep takes at most {_MOST_LIMITS} limits")
        return self._sweep(technicians, roles)

    def match_one_technician(self, technician: Technicians) -> OneMatch:
        """One technician (``len`` 1) against the fitted roles."""
        _check_one(technician, "technician")
        index = self._fitted_roles()
        self._check_against(technician, index)
        if self.singles_ is not None:
            own, found = self.singles_.match(technician, day=self.day, k=self.n_neighbors, k_near=self.n_near)
            return OneMatch(own, PairEntries(*found))
        pairs = Pairs.of(technician, index, self.day)
        ids = index.roles.ids[pairs.role]
        lists = self._technician_collector(technician).add(pairs.person, ids, pairs.orders, pairs.failed).lists()
        by_id = np.argsort(ids)
        return OneMatch(lists[0], PairEntries(ids[by_id], pairs.orders[by_id], pairs.failed[by_id]))

    def match_one_role(self, role: Roles) -> OneMatch:
        """One role (``len`` 1) against the fitted technicians."""
        _check_one(role, "role")
        technicians = self._fitted_technicians()
        self._check_sides(technicians, role)
        if self.singles_ is not None:
            own, found = self.singles_.match(role, k=int(self._role_lengths(role)[0]), k_near=self.n_near)
            return OneMatch(own, PairEntries(*found))
        index = NeedIndex.build(role, self._matrix())
        collector = self._role_collector(role)
        parts = []
        for block, pairs in self._blocks(technicians, index):
            ids = block.ids[pairs.person]
            collector.add(pairs.role, ids, pairs.orders, pairs.failed)
            parts.append((ids, pairs.orders, pairs.failed))
        ids, orders, failed = (np.concatenate(column) for column in zip(*parts, strict=True))
        by_id = np.argsort(ids)
        return OneMatch(collector.lists()[0], PairEntries(ids[by_id], orders[by_id], failed[by_id]))

    def _compiles(self, technicians: Technicians, roles: Roles) -> bool:
        """Whether this much is given to the compiled loops."""
        if self.backend == "plain" or len(roles.limits.specs) > _MOST_LIMITS:
            return False
        return self.backend == "compiled" or len(technicians) * len(roles) >= _WORTH_COMPILING

    def _singles(self, fitted: Technicians | Roles) -> Any:
        """The fitted side ready for compiled single updates, or None."""
        if self.backend == "plain" or len(fitted.limits.specs) > _MOST_LIMITS:
            return None
        if self.backend == "auto" and len(fitted) < _WORTH_FITTING:
            return None
        # Imported when it is needed, as below.
        from matching.engine.singles import FittedRoles, FittedTechnicians  # noqa: PLC0415

        if isinstance(fitted, Roles):
            return FittedRoles(fitted, self._matrix())
        return FittedTechnicians(fitted, self._matrix(), day=self.day)

    def _sweep(
        self, technicians: Technicians, roles: Roles, *, technicians_too: bool = True, roles_too: bool = True
    ) -> "Sweep":
        # Imported when it is needed: numba takes most of a second, and small inputs do without.
        from matching.engine.packed import PackedRoles  # noqa: PLC0415
        from matching.engine.sweep import Lengths, Sweep, threads_of  # noqa: PLC0415

        self._check_sides(technicians, roles)
        lengths = Lengths(
            technician=self.n_neighbors if technicians_too else 0,
            technician_near=self.n_near if technicians_too else 0,
            roles=self._role_lengths(roles) if roles_too else np.zeros(len(roles), dtype=np.int64),
            role_near=self.n_near if roles_too else 0,
        )
        packed = PackedRoles.of(roles, self._matrix())
        threads = threads_of(self.n_jobs, os.cpu_count() or 1)
        return Sweep(packed, technicians, day=self.day, lengths=lengths, threads=threads)

    def _technician_blocks(
        self, technicians: Technicians, index: NeedIndex
    ) -> Iterator[tuple[tuple[Technicians, Pairs], MatchLists]]:
        for block, pairs in self._blocks(technicians, index):
            collector = self._technician_collector(block)
            collector.add(pairs.person, index.roles.ids[pairs.role], pairs.orders, pairs.failed)
            yield (block, pairs), collector.lists()

    def _blocks(self, technicians: Technicians, index: NeedIndex) -> Iterator[tuple[Technicians, Pairs]]:
        """Scored blocks in order; at least one, so that empty input gives empty lists."""
        self._check_against(technicians, index)
        for start in range(0, max(1, len(technicians)), _CHUNK):
            chunk = technicians.take(slice(start, start + _CHUNK))
            cost = index.expansion(chunk) + len(index.roles)
            for first, last in _cuts(cost, self.block_cells):
                block = chunk.take(slice(first, last))
                yield block, Pairs.of(block, index, self.day)

    def _technician_collector(self, technicians: Technicians) -> Collector:
        n = len(technicians)
        return Collector(technicians.ids, np.full(n, self.n_neighbors), np.full(n, self.n_near))

    def _role_collector(self, roles: Roles) -> Collector:
        return Collector(roles.ids, self._role_lengths(roles), np.full(len(roles), self.n_near))

    def _role_lengths(self, roles: Roles) -> Int64Array:
        return np.maximum(self.min_neighbors_role, self.neighbors_per_opening * roles.openings.astype(np.int64))

    def _matrix(self) -> RelatednessMatrix:
        matrix = getattr(self.relatedness, "matrix_", self.relatedness)
        if not isinstance(matrix, RelatednessMatrix):
            raise TypeError("relatedness must be a RelatednessMatrix or a fitted SkillRelatedness")
        return matrix

    def _check_columns(self, technicians: Technicians) -> None:
        if technicians.n_skills != self._matrix().n_skills:
            fitted = self._matrix().n_skills
            raise ValueError(f"relatedness has {fitted} skills, the technicians {technicians.n_skills}: use .over()")

    def _check_against(self, technicians: Technicians, index: NeedIndex) -> None:
        self._check_sides(technicians, index.roles)

    def _check_sides(self, technicians: Technicians, roles: Roles) -> None:
        self._check_columns(technicians)
        if roles.n_skills != technicians.n_skills:
            raise ValueError(
                f"the technicians have {technicians.n_skills} skills, the roles {roles.n_skills}: use .over()"
            )
        if technicians.limits != roles.limits:
            raise ValueError("technicians and roles were built with different limits")

    def _fitted_roles(self) -> NeedIndex:
        check_is_fitted(self, "fitted_")
        if self.index_ is None:
            raise TypeError("fitted on Technicians; this needs roles to be fitted")
        return self.index_

    def _fitted_technicians(self) -> Technicians:
        check_is_fitted(self, "fitted_")
        if not isinstance(self.fitted_, Technicians):
            raise TypeError("fitted on Roles; this needs technicians to be fitted")
        return self.fitted_

    def _check_parameters(self) -> None:
        for name in ("n_neighbors", "n_near", "min_neighbors_role", "neighbors_per_opening", "day"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")
        if self.block_cells < 1:
            raise ValueError("block_cells must be at least 1")
        if self.backend not in get_args(Backend):
            raise ValueError(f"backend must be one of {', '.join(get_args(Backend))}, not {self.backend!r}")
        if self.n_jobs == 0:
            raise ValueError("n_jobs must not be 0: None is one thread, -1 all cores")


def _check_one(one: Technicians | Roles, what: str) -> None:
    if len(one) != 1:
        raise ValueError(f"needs exactly one {what}, not {len(one)}")


def _cuts(cost: Int64Array, budget: int) -> list[tuple[int, int]]:
    """Consecutive ranges whose cost stays within the budget (a single row may exceed it)."""
    reached = np.cumsum(cost)
    edges = [0]
    while edges[-1] < cost.size:
        spent = reached[edges[-1] - 1] if edges[-1] else 0
        edges.append(max(edges[-1] + 1, int(np.searchsorted(reached, spent + budget, side="right"))))
    return list(itertools.pairwise(edges)) or [(0, 0)]
