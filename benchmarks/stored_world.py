"""A town on disk, so that every contender reads the same one in a process of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from benchmarks.world import LIMITS, World
from matching.engine.arrays import Roles, Technicians
from matching.engine.matrix import RelatednessMatrix

_PEOPLE = ("ids", "indptr", "indices", "levels", "has", "evidence", "freshness")
_ROLES = ("ids", "indptr", "indices", "levels", "weights", "must", "need", "openings")


def save(world: World, folder: Path) -> None:
    """Write the arrays, each to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PEOPLE:
        np.save(folder / f"people-{name}.npy", getattr(world.technicians, name))
    for name in _ROLES:
        np.save(folder / f"roles-{name}.npy", getattr(world.roles, name))
    matrix = world.matrix.relatedness
    for name in ("data", "indices", "indptr"):
        np.save(folder / f"related-{name}.npy", getattr(matrix, name))
    np.save(folder / "size.npy", np.array([world.technicians.n_skills]))
    (folder / "source.txt").write_text(world.source, encoding="utf-8")


def load(folder: Path) -> World:
    """Read it back; what ``build`` checked once is not checked again."""

    def read(side: str, names: tuple[str, ...]) -> dict[str, np.ndarray]:
        return {name: np.load(folder / f"{side}-{name}.npy") for name in names}

    n_skills = int(np.load(folder / "size.npy")[0])
    related = read("related", ("data", "indices", "indptr"))
    table = sparse.csr_matrix((related["data"], related["indices"], related["indptr"]), shape=(n_skills, n_skills))
    return World(
        Technicians(n_skills=n_skills, limits=LIMITS, **read("people", _PEOPLE)),
        Roles(n_skills=n_skills, limits=LIMITS, **read("roles", _ROLES)),
        RelatednessMatrix.build([f"s{number:05}" for number in range(n_skills)], table),
        (folder / "source.txt").read_text(encoding="utf-8"),
    )
