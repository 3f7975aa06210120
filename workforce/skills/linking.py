"""The door to the linker: fitted from the database, kept on disk by the taxonomy's version, held once per process.

The first use of a new taxonomy without an older linker fits one (a second for our own taxonomy, a minute with ESCO).
Where an older one is there it answers meanwhile, complete and a moment behind, and a thread fits the new one.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from workforce.core.artefacts import ArtefactError
from workforce.skills.choices import ConceptKind
from workforce.skills.concepts import CONCEPTS
from workforce.skills.crosswalks import Crosswalk
from workforce.skills.linker.artefact import load_linker, save_linker
from workforce.skills.linker.linking import ConceptLinker, FittedLinker, LinkedConcept, Ranking
from workforce.skills.linker.side import Floats
from workforce.skills.linker.similarity import TextSimilarity
from workforce.skills.search import taxonomy_version

logger = logging.getLogger(__name__)
KINDS = (ConceptKind.OCCUPATION.value, ConceptKind.SKILL.value)
STRANGE_TEXTS = 2_000
KEPT_VERSIONS = 2

Tell = Callable[[str], object]


class HeldLinker:
    """The linker of one kind in this process. Safe to share between threads."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._held: tuple[int, FittedLinker] | None = None  # replaced as one, so never half old and half new
        self._lock = threading.Lock()

    def get(self) -> FittedLinker:
        """Return the linker of today's taxonomy, or the one before while a new one is fitted."""
        held, version = self._held, taxonomy_version()
        if held and held[0] == version:
            return held[1]
        if held is None:
            with self._lock:
                return self._renew(version)
        if not self._lock.locked():
            threading.Thread(target=self._renew_aside, name=f"linker-{self.kind}", daemon=True).start()
        return held[1]

    def fit(self, table: Crosswalk | None = None, tell: Tell | None = None) -> Path:
        """Fit on the database as it is (and on an official table), save, hold; return where it lies."""
        with self._lock:
            version = taxonomy_version()
            self._fit(version, table, tell)
            return _folder(self.kind, version)

    def forget(self) -> None:
        """Drop what this process holds (tests, and a database that was replaced)."""
        with self._lock:
            self._held = None

    def _renew(self, version: int) -> FittedLinker:
        if self._held and self._held[0] == version:
            return self._held[1]
        if _folder(self.kind, version).exists():
            try:
                linker = load_linker(_folder(self.kind, version))
            except ArtefactError as error:
                logger.warning("The saved linker is fitted anew: %s", error)
            else:
                self._held = (version, linker)
                return linker
        return self._fit(version, None, None)

    def _fit(self, version: int, table: Crosswalk | None, tell: Tell | None) -> FittedLinker:
        concepts = CONCEPTS[self.kind]()
        others = CONCEPTS[next(kind for kind in KINDS if kind != self.kind)]()
        parallel = [(other.preferred("es"), other.preferred("en")) for other in others]
        strange = [label.text for other in others for label in other.labels if label.preferred][:STRANGE_TEXTS]
        linker = ConceptLinker(self.kind, tell).fit(
            concepts,
            parallel=parallel,
            strange=strange,
            supervision=table.known if table else (),
            titles=table.titles if table else None,
        )
        save_linker(_folder(self.kind, version), linker, str(version), {"concepts": len(concepts)})
        _drop_old(self.kind)
        self._held = (version, linker)
        return linker

    def _renew_aside(self) -> None:
        try:
            if self._lock.acquire(blocking=False):
                try:
                    self._renew(taxonomy_version())
                finally:
                    self._lock.release()
        except DatabaseError as error:
            logger.warning("The linker was not renewed: %s", error)
        except Exception:
            logger.exception("The linker could not be renewed; the one before stays in use.")
        finally:
            connections.close_all()


_linkers = {kind: HeldLinker(kind) for kind in KINDS}


def linker_of(kind: str) -> HeldLinker:
    """The linker of ``skill`` or ``occupation`` in this process."""
    return _linkers[kind]


def rank(text: str, kind: str, top: int = 5, language: str | None = None) -> Ranking:
    """Rank concepts for ``text`` with the chance that any fits, whether one does or not."""
    return _linkers[kind].get().rank(text, top, language)


def link(
    text: str, kind: str, top: int = 5, language: str | None = None, *, include_uncertain: bool = False
) -> list[LinkedConcept]:
    """Return the concepts of ``kind`` that ``text`` may mean, best first; an empty list means none of them.

    ``language`` is found out where it is not said. ``include_uncertain`` gives the ranking in any case.
    """
    ranking = rank(text, kind, top, language)
    if ranking.none_of_them and not include_uncertain:
        return []
    return list(ranking.concepts)


def similarity(
    texts_a: Sequence[str],
    texts_b: Sequence[str],
    kind: str = ConceptKind.OCCUPATION.value,
    languages_a: Sequence[str | None] | None = None,
    languages_b: Sequence[str | None] | None = None,
) -> Floats:
    """How alike each of ``texts_a`` (rows) is to each of ``texts_b`` (columns), in either language."""
    return TextSimilarity(_linkers[kind].get()).matrix(texts_a, texts_b, languages_a, languages_b)


def forget_linkers() -> None:
    """Drop the linkers of this process."""
    for held in _linkers.values():
        held.forget()


def _folder(kind: str, version: int) -> Path:
    return Path(settings.LINKER_DIR) / kind / str(version)


def _drop_old(kind: str) -> None:
    """Keep the newest few on disk: other processes may still be loading the one before."""
    kept = sorted(
        (path for path in _folder(kind, 0).parent.iterdir() if path.name.isdigit()), key=lambda p: int(p.name)
    )
    for path in kept[:-KEPT_VERSIONS]:
        shutil.rmtree(path, ignore_errors=True)
