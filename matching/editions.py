"""The edition in force, and what a computation in it needs at hand, kept in the process.

Kept: the frame (skills' columns, zones, credentials) per engine, taxonomy and day; the open roles per state of the
roles table; everybody who can be matched, of whom only those who changed are read again (``everybody``).
"""

from __future__ import annotations

import datetime
import logging
import time
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count, Max, Sum
from django.utils import timezone

from matching.corpus.frame import Frame, build_frame
from matching.corpus.roles import load_roles
from matching.corpus.taxonomy import taxonomy_signature
from matching.engine.arrays import Roles, SkillVocabulary
from matching.engine.artefact import ArtefactError
from matching.engine.matrix import RelatednessMatrix
from matching.engines import LoadedEngine, load_engine
from matching.everybody import Everybody, EverybodyKept
from matching.models import RebuildRun
from workforce.employers.models import Role
from workforce.places.models import Zone
from workforce.skills.models import Credential, Skill

logger = logging.getLogger(__name__)
UNKNOWN_RARITY = 0.5
PAGE_AGE = 5.0  # seconds for which a page may not know of a new zone or skill


@dataclass(frozen=True)
class Edition:
    """A finished rebuild: which engine computed the lists, and the day that rotates their ties."""

    run_id: int
    name: str
    version: str
    day: datetime.date


@dataclass(frozen=True, eq=False)
class Workspace:
    """Relatedness over all skills of today, and the frame for arrays."""

    frame: Frame
    matrix: RelatednessMatrix
    roles: dict[tuple[object, ...], Roles] = field(default_factory=dict)
    people: EverybodyKept = field(default_factory=EverybodyKept)


def current_edition() -> Edition | None:
    """The newest finished rebuild, None before the first."""
    run = RebuildRun.objects.done().order_by("-pk").only("pk", "version", "day").first()
    return edition_of(run) if run else None


def edition_of(run: RebuildRun) -> Edition:
    """The edition that a rebuild makes."""
    return Edition(run.pk, run.edition, run.version, run.day)


_workspaces: dict[tuple[object, ...], Workspace] = {}
_looked_at: dict[str, tuple[float, tuple[object, ...]]] = {}


def forget_workspaces() -> None:
    """Empty the caches of this process."""
    _workspaces.clear()
    _looked_at.clear()


def workspace(version: str, *, max_age: float = 0) -> Workspace:
    """The workspace of an engine version today. Raises ArtefactError where its artefact is not on this machine.

    What it was made of is looked at again after ``max_age`` seconds: pages can wait a little for a new zone, workers
    cannot.
    """
    seen = _looked_at.get(version)
    if seen is not None and time.monotonic() - seen[0] < max_age and (kept := _workspaces.get(seen[1])):
        return kept
    engine = load_engine(version)
    counts = [model.objects.aggregate(n=Count("pk"), last=Max("pk")) for model in (Skill, Zone, Credential)]
    key = (version, taxonomy_signature(), timezone.localdate(), *(tuple(count.values()) for count in counts))
    space = _workspaces.get(key)  # held from here on: another thread may clear the cache at any moment
    if space is None:
        space = _make(engine)
        _workspaces.clear()
        _workspaces[key] = space
    _looked_at[version] = time.monotonic(), key
    return space


def workspace_for_page(edition: Edition) -> Workspace | None:
    """The workspace of an edition; None on a web machine without the workers' folder, whose pages do without it."""
    try:
        return workspace(edition.version, max_age=PAGE_AGE)
    except (ArtefactError, OSError):
        logger.exception("The engine %s cannot be read here.", edition.version)
        return None


def _make(engine: LoadedEngine) -> Workspace:
    """A skill newer than the fit gets a column of its own and covers only itself until the next fit."""
    vocabulary = SkillVocabulary([*engine.matrix.codes, *Skill.objects.values_list("code", flat=True)])
    rarity = np.full(len(vocabulary), UNKNOWN_RARITY)
    rarity[vocabulary.columns(engine.matrix.codes)] = engine.rarity
    return Workspace(build_frame(vocabulary, rarity), engine.matrix.over(vocabulary))


def open_roles(space: Workspace) -> Roles:
    """All open roles in this workspace's columns, read again when a role, its plant or its organization changed."""
    stamp = tuple(
        Role.objects.open()
        .aggregate(
            n=Count("pk"),
            last=Max("pk"),
            keys=Sum("pk"),
            edits=Sum("revision"),
            changed=Max("updated_at"),
            plants=Max("plant__updated_at"),
        )
        .values()
    )
    roles = space.roles.get(stamp)
    if roles is None:
        roles = load_roles(space.frame)
        space.roles.clear()
        space.roles[stamp] = roles
    return roles


def everybody(space: Workspace) -> Everybody:
    """All who can be matched now, in this workspace's columns."""
    return space.people.now(space.frame)
