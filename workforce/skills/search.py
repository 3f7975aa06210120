"""Find skills and occupations by people's words; the look-up lives in the process and follows the taxonomy.

``TaxonomyState.version`` says which taxonomy a look-up was built from. A request that finds it old is answered with the
old one (complete, a moment behind) while a thread builds the new one; only the first request of a process waits.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections

from workforce.skills import corpus
from workforce.skills.linker.lookup import ConceptIndex, Match
from workforce.skills.linker.titles import title_forms
from workforce.skills.models import Credential, Occupation, Skill, TaxonomyState

logger = logging.getLogger(__name__)
BACKGROUND_FROM = 20_000  # texts: smaller look-ups are rebuilt at once (under half a second)


@dataclass(frozen=True)
class Found:
    """A concept that matched: ``score`` 0-1, and the text (in ``lang``) by which it was found."""

    concept: Any
    score: float
    text: str
    lang: str


@dataclass(frozen=True)
class LinkedSkill:
    """The skill that words surely mean; ``confidence`` 0-1, 1 for a text of the taxonomy."""

    skill: Skill
    confidence: float
    matched: str


@dataclass(frozen=True)
class LinkedOccupation:
    """The occupation that a title surely means; ``confidence`` 0-1, 1 for a text of the taxonomy."""

    occupation: Occupation
    confidence: float
    matched: str


def taxonomy_version() -> int:
    """The number that grows with every change of concepts (0 before the first)."""
    return TaxonomyState.objects.order_by("pk").values_list("version", flat=True).first() or 0


class CachedIndex:
    """One look-up of this process, built from the taxonomy of ``version``. Safe to share between threads."""

    def __init__(self, build: Callable[[], ConceptIndex]) -> None:
        self._build = build
        self._held: tuple[int, ConceptIndex] | None = None  # replaced as one, so never half old and half new
        self._lock = threading.Lock()

    def get(self) -> ConceptIndex:
        """Return the look-up; the first time it is built here, later ones in the background when they are large."""
        held, version = self._held, taxonomy_version()
        if held and held[0] == version:
            return held[1]
        if held and len(held[1]) >= BACKGROUND_FROM:
            if not self._lock.locked():
                threading.Thread(target=self._rebuild_aside, name="skills-look-up", daemon=True).start()
            return held[1]
        return self._rebuild(wait=True) or (held[1] if held else ConceptIndex([]))

    def forget(self) -> None:
        """Drop the look-up (tests, and a database that was replaced)."""
        with self._lock:
            self._held = None

    def _rebuild(self, *, wait: bool) -> ConceptIndex | None:
        """Build once, however many threads ask; None when another one is at it and ``wait`` is False."""
        if not self._lock.acquire(blocking=wait):
            return None
        try:
            version = taxonomy_version()  # read before the rows: a change in between is seen at the next look
            if self._held and self._held[0] == version:
                return self._held[1]
            index = self._build()
            self._held = (version, index)
            return index
        finally:
            self._lock.release()

    def _rebuild_aside(self) -> None:
        try:
            self._rebuild(wait=False)
        except DatabaseError as error:
            logger.warning("The look-up of skills was not built: %s", error)  # no tables yet, or no database
        except Exception:
            logger.exception("The look-up of skills could not be rebuilt; the one before stays in use.")
        finally:
            connections.close_all()


skills = CachedIndex(corpus.skill_index)
occupations = CachedIndex(corpus.occupation_index)
credentials = CachedIndex(corpus.credential_index)


def forget_indexes() -> None:
    """Drop the look-ups of this process."""
    for cached in (skills, occupations, credentials):
        cached.forget()


def warm_up() -> None:
    """Build the look-ups aside, so that the first person who types need not wait (4 s with all of ESCO)."""
    for cached in (skills, occupations, credentials):
        threading.Thread(target=cached._rebuild_aside, name="skills-look-up", daemon=True).start()


def search_skills(query: str, limit: int = 10, language: str = "") -> list[Found]:
    """Return the best ``limit`` active skills for ``query``, best first; ``language`` only breaks near-ties."""
    return _load(skills.get().search(query, limit, language), Skill.objects.active().select_related("category"))


def propose_skills(texts: list[str], limit: int, language: str = "") -> list[list[Found]]:
    """Return the best active skills for each of ``texts``, as ``search_skills``, with one query for all of them."""
    index = skills.get()
    matches = [index.search(text, limit, language) for text in texts]
    rows = Skill.objects.active().in_bulk({match.concept for several in matches for match in several})
    return [
        [Found(rows[m.concept], m.score, m.text, m.lang) for m in several if m.concept in rows] for several in matches
    ]


def search_occupations(query: str, limit: int = 10, language: str = "") -> list[Found]:
    """Return the best ``limit`` active occupations for ``query``, best first."""
    return _load(occupations.get().search(query, limit, language), Occupation.objects.active())


def search_credentials(query: str, limit: int = 10, language: str = "") -> list[Found]:
    """Return the best ``limit`` active credentials for ``query``, best first."""
    return _load(credentials.get().search(query, limit, language), Credential.objects.active())


def _load(matches: list[Match], queryset: Any) -> list[Found]:
    """Fetch the rows in one query; one retired since the look-up was built is left out."""
    rows = queryset.in_bulk([match.concept for match in matches])
    return [Found(rows[m.concept], m.score, m.text, m.lang) for m in matches if m.concept in rows]


def link_skill(text: str, lang: str = "") -> LinkedSkill | None:
    """Return the skill that ``text`` (of any language) surely means, or None rather than a guess."""
    match = skills.get().link(text, lang)
    found = _load([match], Skill.objects.active()) if match else []
    return LinkedSkill(found[0].concept, found[0].score, found[0].text) if found else None


def link_occupation(text: str, lang: str = "") -> LinkedOccupation | None:
    """Return the occupation that a job title surely means, or None.

    "Soldador", "Soldadora", "Soldador(a) MIG c/licencia" and "VACANTE: soldador/a 2do turno" come to the same one.
    """
    index = occupations.get()
    for form in title_forms(text):
        match = index.link(form, lang)
        found = _load([match], Occupation.objects.active()) if match else []
        if found:
            return LinkedOccupation(found[0].concept, found[0].score, found[0].text)
    return None
