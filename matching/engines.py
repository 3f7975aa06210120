"""The fitted engine: made when the taxonomy changed, kept as files, loaded once per process.

Only ``fit_engine`` needs scikit-learn. Reading an artefact does not, so a web process that explains a pair stays small.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from django.conf import settings

from matching.corpus.taxonomy import load_taxonomy, taxonomy_signature
from matching.corpus.weights import skill_rarity
from matching.engine.arrays import SkillVocabulary
from matching.engine.artefact import load_relatedness
from matching.engine.matrix import RelatednessMatrix
from matching.locks import exclusive
from matching.models import EngineVersion

logger = logging.getLogger(__name__)
RARITY_FILE = "rarity.npy"
FIT_WAIT = 120.0  # a fit of ESCO's size takes a good deal less


class EngineBusy(Exception):
    """Another worker is still fitting."""


@dataclass(frozen=True, eq=False)
class LoadedEngine:
    """What a computation needs of a fitted engine; ``rarity`` is float64[codes of the matrix]."""

    version: str
    matrix: RelatednessMatrix
    rarity: npt.NDArray[np.float64]


_cache: dict[str, LoadedEngine] = {}
_loading = threading.Lock()
_KEPT = 2  # the version in force, and the one that is replacing it


def artefact_path(artefact: str) -> Path:
    """Where an artefact lies; the database knows its name only, since machines mount the folder where they like."""
    return Path(settings.MATCHING_DIR) / "engines" / artefact


def load_engine(version: str) -> LoadedEngine:
    """The engine of a version, cached in the process. Raises FileNotFoundError where its files are not on this
    machine.
    """
    with _loading:
        if version not in _cache:
            path = artefact_path(version)
            loaded = LoadedEngine(version, load_relatedness(path), np.load(path / RARITY_FILE))
            while len(_cache) >= _KEPT:
                _cache.pop(next(iter(_cache)))
            _cache[version] = loaded
        return _cache[version]


def forget_engines() -> None:
    """Empty the cache of this process."""
    _cache.clear()


def newest_engine() -> EngineVersion | None:
    """The newest fit."""
    return EngineVersion.objects.order_by("-pk").first()


def fit_engine() -> EngineVersion:
    """Fit on the taxonomy of now, unless the newest fit is of it already; return the newest version.

    One worker at a time. Raises EngineBusy when another one is at it for too long.
    """
    with exclusive("fit-engine", wait=FIT_WAIT) as held:
        if not held:
            raise EngineBusy
        signature = taxonomy_signature()
        newest = newest_engine()
        if (
            newest is not None
            and newest.manifest.get("taxonomy") == signature
            and artefact_path(newest.artefact).exists()
        ):
            return newest
        return _fit(signature)


def _fit(signature: str) -> EngineVersion:
    # Imported here and not above: scikit-learn takes seconds and memory, and a web process imports this module to
    # explain pairs.
    from matching.engine.relatedness import SkillRelatedness  # noqa: PLC0415

    taxonomy = load_taxonomy()
    fitted = SkillRelatedness().fit(taxonomy)
    version = str(fitted.version_)
    path = artefact_path(version)
    if not (path / RARITY_FILE).exists():
        _write(path, fitted, skill_rarity(taxonomy, SkillVocabulary(taxonomy.codes)))
    # Made anew even where the version is an old one that has come back: the newest row is the one in force.
    EngineVersion.objects.filter(version=version).delete()
    made = EngineVersion.objects.create(
        version=version, artefact=version, manifest={"taxonomy": signature, "skills": len(taxonomy.codes)}
    )
    logger.info("Fitted engine %s on %d skills.", version, len(taxonomy.codes))
    return made


def _write(path: Path, fitted: object, rarity: npt.NDArray[np.float64]) -> None:
    """Write beside, then rename: nobody ever loads half an artefact."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".fitting-", dir=path.parent))
    try:
        fitted.save(beside)  # type: ignore[attr-defined]
        np.save(beside / RARITY_FILE, rarity)
        shutil.rmtree(path, ignore_errors=True)
        beside.rename(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
