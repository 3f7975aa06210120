"""A rebuild's input on shared storage: arrays as memory-mapped ``.npy`` with a manifest of checksums, and partial
lists.

A folder is written under another name and renamed when complete, so a folder with the right name is whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from django.conf import settings

from matching.corpus.technicians import TechnicianCorpus
from matching.engine.arrays import Limits, LimitSpec, Roles, Technicians
from matching.engine.lists import MatchLists, Ranking

MANIFEST = "manifest.json"
SHARED = ("n_skills", "limits")


class DamagedSnapshot(Exception):
    """A file is missing or is not what the manifest says."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that shards score; ``codes`` are the skill codes of the columns."""

    codes: tuple[str, ...]
    people: TechnicianCorpus
    roles: Roles


def snapshot_path(name: str) -> Path:
    """Where a snapshot lies."""
    return Path(settings.MATCHING_DIR) / "snapshots" / name


def write_snapshot(name: str, codes: tuple[str, ...], people: TechnicianCorpus, roles: Roles) -> None:
    """Write a snapshot; one of the same name is replaced."""
    path = snapshot_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=path.parent))
    arrays = {f"technicians.{key}": value for key, value in _arrays(people.arrays).items()}
    arrays |= {f"roles.{key}": value for key, value in _arrays(roles).items()}
    arrays["discoverable"] = people.discoverable
    sums = {}
    for key, value in arrays.items():
        np.save(beside / f"{key}.npy", value)
        sums[key] = _checksum(beside / f"{key}.npy")
    limits = [[spec.name, spec.mode, spec.words] for spec in roles.limits.specs]
    manifest = {"codes": codes, "limits": limits, "sha256": sums}
    (beside / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    shutil.rmtree(path, ignore_errors=True)
    beside.rename(path)


_loaded: dict[str, Snapshot] = {}


def load_snapshot(name: str) -> Snapshot:
    """Memory-map a snapshot; checked against its manifest once per process. Raises DamagedSnapshot."""
    if name not in _loaded:
        made = _load(snapshot_path(name))
        _loaded.clear()
        _loaded[name] = made
    return _loaded[name]


def _load(path: Path) -> Snapshot:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        for key, told in manifest["sha256"].items():
            if _checksum(path / f"{key}.npy") != told:
                raise DamagedSnapshot(f"{path.name}: {key} is not what was written")
        arrays = {key: np.load(path / f"{key}.npy", mmap_mode="r") for key in manifest["sha256"]}
    except (OSError, ValueError, KeyError) as error:
        raise DamagedSnapshot(f"{path.name}: {error}") from error
    shared: dict[str, Any] = {
        "n_skills": len(manifest["codes"]),
        "limits": Limits(tuple(LimitSpec(*spec) for spec in manifest["limits"])),
    }
    people = Technicians(**shared, **_of("technicians.", arrays))
    roles = Roles(**shared, **_of("roles.", arrays))
    return Snapshot(tuple(manifest["codes"]), TechnicianCorpus(people, arrays["discoverable"]), roles)


def _of(prefix: str, arrays: dict[str, npt.NDArray[Any]]) -> dict[str, Any]:
    return {key.removeprefix(prefix): value for key, value in arrays.items() if key.startswith(prefix)}


def _arrays(side: Technicians | Roles) -> dict[str, npt.NDArray[Any]]:
    return {field.name: getattr(side, field.name) for field in fields(side) if field.name not in SHARED}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_snapshot(name: str) -> None:
    """Forget a snapshot and what was computed from it."""
    _loaded.pop(name, None)
    shutil.rmtree(snapshot_path(name), ignore_errors=True)


def remove_snapshots_except(names: set[str]) -> list[str]:
    """Remove what crashes and finished runs have left behind; return the names."""
    folder = snapshot_path("").resolve()
    old = (
        [path.name for path in folder.glob("*") if path.is_dir() and path.name not in names] if folder.exists() else []
    )
    for name in old:
        remove_snapshot(name)
    return old


def write_partial(name: str, number: int, lists: MatchLists) -> None:
    """Keep a shard's part of the roles' lists; the same shard twice writes the same file."""
    columns: dict[str, Any] = {"owner_ids": lists.owner_ids, "reachable": lists.reachable}
    for part in ("full", "near"):
        ranking = getattr(lists, part)
        columns |= {f"{part}.{field.name}": getattr(ranking, field.name) for field in fields(ranking)}
    path = _partial_path(name, number)
    with tempfile.NamedTemporaryFile(prefix=".writing-", dir=path.parent, delete=False) as file:
        np.savez(file, **columns)
    Path(file.name).rename(path)


def read_partial(name: str, number: int) -> MatchLists:
    """A shard's part of the roles' lists. Raises DamagedSnapshot."""
    try:
        with np.load(_partial_path(name, number)) as columns:
            parts = [Ranking(**_of(f"{part}.", dict(columns))) for part in ("full", "near")]
            return MatchLists(columns["owner_ids"], parts[0], parts[1], columns["reachable"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise DamagedSnapshot(f"{name}: part {number}: {error}") from error


def has_partial(name: str, number: int) -> bool:
    """Whether a shard's part is there and can be read; a damaged one is removed."""
    try:
        read_partial(name, number)
    except DamagedSnapshot:
        _partial_path(name, number).unlink(missing_ok=True)
        return False
    return True


def _partial_path(name: str, number: int) -> Path:
    return snapshot_path(name) / f"part-{number:05d}.npz"
