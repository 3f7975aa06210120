"""Small random worlds for the engine's tests, and comparisons of lists with the oracle's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from matching.engine.arrays import Limits, LimitSpec, Roles, Technicians
from matching.engine.lists import MatchLists
from matching.engine.matrix import RelatednessMatrix
from matching.engine.oracle import OracleLists

LIMITS = Limits(
    (LimitSpec("shift", "any"), LimitSpec("english", "all"), LimitSpec("zone", "any", 2), LimitSpec("card", "all", 2))
)
DAY = 739_000
SETTINGS = {"n_neighbors": 3, "n_near": 2, "min_neighbors_role": 2, "neighbors_per_opening": 2, "day": DAY}


@dataclass(frozen=True, eq=False)
class World:
    """Both sides and the relatedness between their skills."""

    technicians: Technicians
    roles: Roles
    matrix: RelatednessMatrix

    @property
    def k_roles(self) -> list[int]:
        """Lengths of the roles' lists under SETTINGS."""
        return [max(2, 2 * int(openings)) for openings in self.roles.openings]


def codes(n: int) -> list[str]:
    return [f"s{number:03}" for number in range(n)]


def matrix_of(dense: Any) -> RelatednessMatrix:
    """A relatedness from a dense table (row needed, column held); the diagonal is set."""
    table = np.array(dense, dtype=np.uint8)
    np.fill_diagonal(table, 100)
    return RelatednessMatrix.build(codes(len(table)), sparse.csr_matrix(table))


def technicians_of(profiles: Iterable[dict[int, int]], n_skills: int, **extra: Any) -> Technicians:
    """Technicians from profiles {skill column: level}; ids count from 1 unless given."""
    rows = list(profiles)
    fields: dict[str, Any] = {"limits": LIMITS, "ids": range(1, len(rows) + 1)} | extra
    return Technicians.build(
        n_skills=n_skills,
        indptr=np.cumsum([0, *map(len, rows)]),
        indices=[column for row in rows for column in row],
        levels=[level for row in rows for level in row.values()],
        **fields,
    )


def roles_of(needs: Iterable[list[tuple[int, int, float, bool]]], n_skills: int, **extra: Any) -> Roles:
    """Roles from needs [(skill column, level, weight, must)]; ids count from 101 unless given."""
    rows = list(needs)
    flat = [need for row in rows for need in row]
    fields: dict[str, Any] = {"limits": LIMITS, "ids": range(101, 101 + len(rows))} | extra
    return Roles.build(
        n_skills=n_skills,
        indptr=np.cumsum([0, *map(len, rows)]),
        indices=[need[0] for need in flat],
        levels=[need[1] for need in flat],
        weights=[need[2] for need in flat],
        must=np.array([need[3] for need in flat], dtype=bool),
        **fields,
    )


@st.composite
def worlds(draw: st.DrawFn, *, people: int = 9, vacancies: int = 5) -> World:
    """A random world: few skills and small numbers, so that ties, empty profiles and failed limits are common."""
    g = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m, v = draw(st.integers(0, people)), draw(st.integers(0, vacancies)), draw(st.integers(1, 8))
    flat_levels, musts = draw(st.booleans()), draw(st.sampled_from([0.0, 0.4]))
    level = (lambda: 2) if flat_levels else (lambda: int(g.integers(1, 5)))
    profiles = [{int(c): level() for c in g.permutation(v)[: g.integers(0, v + 1)]} for _ in range(n)]
    needs = [
        [
            (int(c), level(), float(g.integers(1, 4)), bool(g.random() < musts))
            for c in g.permutation(v)[: g.integers(0, 6)]
        ]
        for _ in range(m)
    ]
    need = g.integers(0, 4, (m, LIMITS.width)) * (g.random((m, LIMITS.width)) < 0.3)
    return World(
        technicians_of(
            profiles,
            v,
            ids=g.permutation(50)[:n] - 20,
            has=g.integers(0, 4, (n, LIMITS.width)).astype(np.uint64),
            evidence=g.integers(0, 2, n),
            freshness=DAY - 7 * g.integers(0, 2, n),
        ),
        roles_of(needs, v, ids=g.permutation(50)[:m], need=need.astype(np.uint64), openings=g.integers(1, 3, m)),
        matrix_of(g.integers(30, 101, (v, v)) * (g.random((v, v)) < 0.3)),
    )


def plain(lists: MatchLists) -> list[Any]:
    """Lists as plain values, to compare."""
    return [
        (
            one.owner_id,
            one.reachable,
            *(
                (part.k, part.found, part.ids.tolist(), part.orders.tolist(), part.failed.tolist())
                for part in (one.full, one.near)
            ),
        )
        for one in lists
    ]


def assert_same(lists: MatchLists, oracle: list[OracleLists]) -> None:
    """Ids, keys, orders, failed limits and counts are those of the oracle."""
    assert len(lists) == len(oracle)
    for got, want in zip(lists, oracle, strict=True):
        for part, entries in ((got.full, want.full), (got.near, want.near)):
            assert part.ids.tolist() == [entry.id for entry in entries]
            assert part.keys.tolist() == [entry.key for entry in entries]
            assert part.orders.tolist() == [entry.order for entry in entries]
            assert part.failed.tolist() == [entry.failed for entry in entries]
        assert got.reachable == want.reachable
