"""A town as arrays, any size, drawn with a fixed seed: for measuring the engine without a database.

People and roles are drawn from occupations and their skills: those of ESCO where its CSV folder is given
(``occupationSkillRelations.csv`` and ``skills_en.csv``), else from clusters made here. Skills of an occupation are
related to one another, sixteen neighbours each. Five hard limits as Puente has them; their pass rate is printed by
``describe``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.arrays import Roles, Technicians
from matching.engine.limits import Limits, LimitSpec
from matching.engine.matrix import RelatednessMatrix

DAY = 739_000
LIMITS = Limits(
    (
        LimitSpec("shift", "any"),
        LimitSpec("work_authorization", "all"),
        LimitSpec("english", "all"),
        LimitSpec("commute", "any", 2),
        LimitSpec("credential", "all"),
    )
)
SKILLS_A_PERSON, NEEDS_A_ROLE = 12.6, 8.1
ZONES = 87
NEIGHBOURS = 16
Occupations = tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]


@dataclass(frozen=True, eq=False)
class World:
    """Both sides, and how the skills are related."""

    technicians: Technicians
    roles: Roles
    matrix: RelatednessMatrix
    source: str


def esco_occupations(folder: Path) -> tuple[Occupations, int]:
    """Occupations with at least six skills as CSR of skill columns, and how many skills there are."""
    with (folder / "skills_en.csv").open(encoding="utf-8") as file:
        column = {row["conceptUri"]: number for number, row in enumerate(csv.DictReader(file))}
    held: dict[str, list[int]] = {}
    with (folder / "occupationSkillRelations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["skillUri"] in column:
                held.setdefault(row["occupationUri"], []).append(column[row["skillUri"]])
    lists = [skills for _, skills in sorted(held.items()) if len(skills) >= 6]
    indptr = np.cumsum([0, *map(len, lists)])
    return (indptr, np.concatenate([np.array(skills, dtype=np.int32) for skills in lists])), len(column)


def own_occupations(g: np.random.Generator, n_skills: int) -> Occupations:
    """Clusters: three skills in four of an occupation are its own neighbourhood's, the others are common ones."""
    n = max(40, n_skills // 4)
    size = g.integers(15, 60, n)
    owner = np.repeat(np.arange(n), size)
    near = (owner * (n_skills // n) + g.integers(0, max(20, n_skills // 100), owner.size)) % n_skills
    common = (n_skills * g.random(owner.size) ** 3).astype(np.int64)
    skills = np.where(g.random(owner.size) < 0.75, near, common).astype(np.int32)
    return np.cumsum([0, *size]), skills


def _draw(
    g: np.random.Generator, occupations: Occupations, occupation: npt.NDArray[np.int64], mean: float, n_skills: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Skills for owners with one occupation each: most from it, some from another, some from anywhere."""
    indptr, skills = occupations
    count = np.clip(g.poisson(mean * 1.17, occupation.size), 3, 40)  # some are drawn twice and count once
    owner = np.repeat(np.arange(occupation.size), count)
    second = g.integers(0, indptr.size - 1, occupation.size)
    source = np.where(g.random(owner.size) < 0.8, occupation[owner], second[owner])
    start, length = indptr[source], indptr[source + 1] - indptr[source]
    at = start + (length * g.random(owner.size) ** 1.2).astype(np.int64)
    stray = g.random(owner.size) < 0.05
    column = np.where(stray, g.integers(0, n_skills, owner.size), skills[at])
    both = np.unique(owner * n_skills + column)
    owner, column = both // n_skills, (both % n_skills).astype(np.int32)
    return np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=occupation.size))]), column


def _popular(g: np.random.Generator, n_occupations: int, n: int) -> npt.NDArray[np.int64]:
    """Occupations as people have them: a few by many, most by few."""
    weight = 1 / np.arange(3, n_occupations + 3)
    return g.permutation(n_occupations)[g.choice(n_occupations, n, p=weight / weight.sum())]


def _zones(g: np.random.Generator, n: int, reach: int) -> npt.NDArray[np.uint64]:
    """Bits of ``reach`` neighbouring zones."""
    words = np.zeros((n, 2), dtype=np.uint64)
    first = g.integers(0, ZONES, n)
    for step in range(reach):
        zone = (first + step) % ZONES
        words[np.arange(n), zone // 64] |= np.uint64(1) << (zone % 64).astype(np.uint64)
    return words


def _bits(g: np.random.Generator, n: int, width: int, share: float) -> npt.NDArray[np.uint64]:
    return ((g.random((n, width)) < share) * (1 << np.arange(width))).sum(axis=1).astype(np.uint64)[:, None]


def _ladder(g: np.random.Generator, n: int, shares: tuple[float, ...]) -> npt.NDArray[np.uint64]:
    """A step of a ladder as that many low bits (English: who has B1 has A2)."""
    return ((1 << g.choice(len(shares), n, p=shares)) - 1).astype(np.uint64)[:, None]


def relatedness(g: np.random.Generator, occupations: Occupations, n_skills: int) -> RelatednessMatrix:
    """Skills that stand in the same occupations are related; at most ``NEIGHBOURS`` each, 30 to 95 of 100."""
    indptr, skills = occupations
    owner = np.repeat(np.arange(indptr.size - 1), np.diff(indptr))
    membership = sparse.csr_matrix(
        (np.ones(skills.size, dtype=np.int32), (owner, skills)), shape=(indptr.size - 1, n_skills)
    )
    membership.data[:] = 1
    together = (membership.T @ membership).tocsr()
    together.setdiag(0)
    together.eliminate_zeros()
    rows, columns = [], []
    for skill in range(n_skills):
        start, stop = together.indptr[skill], together.indptr[skill + 1]
        order = np.argsort(-together.data[start:stop], kind="stable")[:NEIGHBOURS]
        columns.append(together.indices[start:stop][order])
        rows.append(np.full(order.size, skill))
    row, column = np.concatenate(rows), np.concatenate(columns)
    values = g.integers(30, 96, row.size).astype(np.uint8)
    own = np.arange(n_skills)
    table = sparse.csr_matrix(
        (
            np.concatenate([values, np.full(n_skills, 100, dtype=np.uint8)]),
            (np.concatenate([row, own]), np.concatenate([column, own])),
        ),
        shape=(n_skills, n_skills),
    )
    return RelatednessMatrix.build([f"s{number:05}" for number in range(n_skills)], table)


def town(people: int, vacancies: int, *, n_skills: int = 8_000, seed: int = 7, esco: Path | None = None) -> World:
    """Draw ``people`` technicians and ``vacancies`` roles. With ``esco`` the number of skills is ESCO's."""
    g = np.random.default_rng(seed)
    if esco is None:
        occupations, source = own_occupations(g, n_skills), "own clusters"
    else:
        (occupations, n_skills), source = esco_occupations(esco), "ESCO"
    n_occupations = occupations[0].size - 1
    order = np.sort(_popular(g, n_occupations, people))  # by occupation, as a snapshot is written
    indptr, columns = _draw(g, occupations, order, SKILLS_A_PERSON, n_skills)
    technicians = Technicians.build(
        n_skills=n_skills,
        limits=LIMITS,
        ids=np.arange(1, people + 1),
        indptr=indptr,
        indices=columns,
        levels=g.choice((1, 2, 3, 4), columns.size, p=(0.2, 0.4, 0.3, 0.1)),
        has=np.concatenate(
            [
                _bits(g, people, 4, 0.45),
                _bits(g, people, 1, 0.45),
                _ladder(g, people, (0.35, 0.2, 0.15, 0.14, 0.16)),
                _zones(g, people, 40),
                _bits(g, people, 20, 0.08),
            ],
            axis=1,
        ),
        evidence=g.integers(0, 256, people),
        freshness=DAY - g.integers(0, 400, people),
    )
    indptr, columns = _draw(g, occupations, np.sort(_popular(g, n_occupations, vacancies)), NEEDS_A_ROLE, n_skills)
    roles = Roles.build(
        n_skills=n_skills,
        limits=LIMITS,
        ids=np.arange(1, vacancies + 1),
        indptr=indptr,
        indices=columns,
        levels=g.choice((1, 2, 3, 4), columns.size, p=(0.3, 0.4, 0.25, 0.05)),
        weights=g.integers(1, 6, columns.size).astype(np.float64),
        must=g.random(columns.size) < 0.15,
        need=np.concatenate(
            [
                np.uint64(1) << g.integers(0, 4, vacancies).astype(np.uint64)[:, None],
                _bits(g, vacancies, 1, 0.3),
                _ladder(g, vacancies, (0.6, 0.15, 0.12, 0.08, 0.05)),
                _zones(g, vacancies, 1),
                _bits(g, vacancies, 20, 0.01),
            ],
            axis=1,
        ),
        openings=np.ones(vacancies, dtype=np.int64),
    )
    return World(technicians, roles, relatedness(g, occupations, n_skills), source)


def pass_rate(world: World, sample: int = 200_000, seed: int = 1) -> dict[str, float]:
    """Share of random pairs that meet each limit, and all of them."""
    g = np.random.default_rng(seed)
    person = g.integers(0, len(world.technicians), sample)
    role = g.integers(0, len(world.roles), sample)
    everything, rates = np.ones(sample, dtype=bool), {}
    for spec, where in LIMITS.slices():
        need, has = world.roles.need[role, where], world.technicians.has[person, where]
        if spec.mode == "all":
            met = ((need & ~has) == 0).all(axis=1)
        else:
            met = ((need & has) != 0).any(axis=1) | (need == 0).all(axis=1)
        rates[spec.name] = float(met.mean())
        everything &= met
    return rates | {"all": float(everything.mean())}


def describe(world: World) -> dict[str, Any]:
    """What was drawn, in figures."""
    people, roles = world.technicians, world.roles
    return {
        "source": world.source,
        "technicians": len(people),
        "roles": len(roles),
        "skills": people.n_skills,
        "skills a person": round(people.indices.size / max(1, len(people)), 2),
        "needs a role": round(roles.indices.size / max(1, len(roles)), 2),
        "neighbours a skill": round(world.matrix.relatedness.nnz / people.n_skills, 1),
        "pass rate of limits": {name: round(rate, 3) for name, rate in pass_rate(world).items()},
    }
