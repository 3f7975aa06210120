"""What the public page tells of matching: the rules' numbers as they are, today's figures, and a computed example.

Nothing on the page is written down twice: numbers come from the engine's constants, the example from the engine and
the relatedness in force.
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.engine import constants
from matching.engine.arrays import Roles, Technicians, cap_level
from matching.engine.artefact import ArtefactError
from matching.engine.explain import Explanation, explain
from matching.engine.limits import standard_limits
from matching.engine.matrix import RelatednessMatrix
from matching.engines import LoadedEngine, load_engine
from matching.explaining import LIMIT_TEXTS, PairReasons, Reason, told
from matching.models import EngineVersion, RebuildRun
from workforce.core.choices import SkillLevel
from workforce.skills.models import Skill

logger = logging.getLogger(__name__)

WORTH_SHOWING = 25
"""Pages leave out pairs with a lower score: a skill shared in passing."""

NEEDS = (
    ("mig-welding", 2, 8, True),
    ("blueprint-reading", 2, 4, False),
    ("grinding-welds", 1, 4, False),
    ("welding-symbols", 2, 2, False),
    ("weld-inspection", 2, 2, False),
)
"""The role of the example: skill, level asked, weight, must-have."""

HELD = {"tig-welding": 3, "blueprint-reading": 3, "grinding-welds": 2, "welding-symbols": 1}
"""The person of the example: what they say they can do, unproven."""

LEARNED = ("weld-inspection", 2)
"""What they learn next."""


@dataclass(frozen=True)
class Line:
    """One requirement of the example: as pages tell it, and the relatedness behind it."""

    reason: Reason
    relatedness: int


@dataclass(frozen=True)
class Example:
    """A role and a person who does not quite have what it asks, by the engine in force."""

    reasons: PairReasons
    lines: tuple[Line, ...]
    learned: str
    learned_level: str
    score_then: float


@dataclass(frozen=True)
class Figures:
    """Today's numbers; ``relations`` is None on a machine that has not the engine's files."""

    version: str
    fitted_at: datetime.datetime | None
    rebuilt_at: datetime.datetime | None
    people: int
    roles: int
    skills: int
    relations: int | None


def page_context() -> dict[str, Any]:
    """All that the page shows, in four queries."""
    run = RebuildRun.objects.done().order_by("-pk").first()
    engine = _engine(run.version) if run else None
    return {
        "rules": {
            "levels": [level.label for level in SkillLevel],
            "unproven_most": SkillLevel(constants.UNPROVEN_MAX_LEVEL).label,
            "most_skills": constants.MAX_SKILLS,
            "must_covered": constants.MUST_COVERED,
            "reachable": constants.REACHABLE_PERCENT,
            "worth_showing": WORTH_SHOWING,
            "technician_list": constants.TECHNICIAN_LIST,
            "role_list": constants.ROLE_LIST,
            "per_opening": constants.LIST_PER_OPENING,
            "near_list": constants.NEAR_LIST,
            "limits": list(LIMIT_TEXTS.values()),
        },
        "figures": figures(run, engine) if run else None,
        "example": example(engine.matrix) if engine else None,
    }


def _engine(version: str) -> LoadedEngine | None:
    """The engine in force; None on a web machine without the workers' folder."""
    try:
        return load_engine(version)
    except (ArtefactError, OSError):
        logger.exception("The engine %s cannot be read here.", version)
        return None


def figures(run: RebuildRun, engine: LoadedEngine | None) -> Figures:
    """Counts of the last whole computation and of what its engine knows."""
    return Figures(
        version=run.version,
        fitted_at=EngineVersion.objects.filter(version=run.version).values_list("fitted_at", flat=True).first(),
        rebuilt_at=run.finished_at,
        people=run.technicians,
        roles=run.roles,
        skills=Skill.objects.active().count(),
        relations=engine.matrix.relatedness.nnz - engine.matrix.n_skills if engine else None,
    )


def example(matrix: RelatednessMatrix) -> Example | None:
    """The worked example; None where the taxonomy has not the skills that it tells of."""
    codes = {code for code, *_rest in NEEDS} | set(HELD)
    if not codes.issubset(matrix.codes):
        return None
    explanation = explained(matrix, HELD)
    skill, level = LEARNED
    reasons = told(explanation)
    return Example(
        reasons=reasons,
        lines=tuple(
            Line(reason, need.relatedness) for reason, need in zip(reasons.reasons, explanation.needs, strict=True)
        ),
        learned=next(reason.label for reason in reasons.reasons if reason.code == skill),
        learned_level=str(SkillLevel(level).label),
        score_then=explained(matrix, {**HELD, skill: level}).score,
    )


def explained(matrix: RelatednessMatrix, held: dict[str, int]) -> Explanation:
    """The engine's own account of the example's role and somebody who holds these skills."""
    column = {code: place for place, code in enumerate(matrix.codes)}
    limits = standard_limits()
    person = Technicians.build(
        n_skills=matrix.n_skills,
        limits=limits,
        ids=[1],
        indptr=[0, len(held)],
        indices=np.array([column[code] for code in held]),
        levels=[cap_level(level, proven=False) for level in held.values()],
    )
    role = Roles.build(
        n_skills=matrix.n_skills,
        limits=limits,
        ids=[1],
        indptr=[0, len(NEEDS)],
        indices=np.array([column[code] for code, *_rest in NEEDS]),
        levels=[level for _code, level, _weight, _must in NEEDS],
        weights=[weight for _code, _level, weight, _must in NEEDS],
        must=[must for *_rest, must in NEEDS],
    )
    return explain(person, role, matrix)
