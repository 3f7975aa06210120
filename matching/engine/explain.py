"""Why a pair has its score: requirement by requirement, adding up to the key exactly."""

from dataclasses import dataclass
from typing import Literal

from matching.engine.arrays import Roles, Technicians
from matching.engine.constants import FULL, KEY_SUM_BITS, MUST_COVERED
from matching.engine.limits import fails
from matching.engine.matrix import RelatednessMatrix
from matching.engine.score import display_score, reachable

Status = Literal["covered", "partly", "missing"]


@dataclass(frozen=True)
class NeedExplained:
    """One requirement and the technician's best evidence for it."""

    skill: str
    weight: int  # of 650
    level: int  # asked, 1..4
    must: bool
    status: Status
    by: str | None  # the skill that covers it best; None where nothing does
    by_level: int  # its level as counted (capped by evidence); 0 where nothing does
    relatedness: int  # 0..100, how far that skill covers the one asked for
    coverage: int  # 0..100, relatedness lessened by a level below the one asked for
    contribution: int  # weight * coverage

    @property
    def must_missing(self) -> bool:
        """A must-have that is covered by less than half."""
        return self.must and self.coverage < MUST_COVERED


@dataclass(frozen=True)
class Explanation:
    """A pair's score taken apart. ``needs`` stand in the order of weight, heaviest first."""

    key: int
    needs: tuple[NeedExplained, ...]
    failed_limits: tuple[str, ...]

    @property
    def total(self) -> int:
        """The sum of the contributions, 0..65000: the low 16 bits of the key."""
        return sum(need.contribution for need in self.needs)

    @property
    def score(self) -> float:
        """0.0 to 100.0, one decimal: what is shown."""
        return display_score(self.key)

    @property
    def missing_musts(self) -> tuple[str, ...]:
        """Skills that are must-haves and covered by less than half."""
        return tuple(need.skill for need in self.needs if need.must_missing)

    @property
    def reachable(self) -> bool:
        """All limits met, all musts covered, score at least T."""
        return bool(reachable(self.key)) and not self.failed_limits


def explain(technician: Technicians, role: Roles, relatedness: RelatednessMatrix) -> Explanation:
    """Explain one pair (both of ``len`` 1; cut with ``take``), in skill codes.

    Raises ValueError for more or fewer than one, or for different vocabularies or limits.
    """
    if len(technician) != 1 or len(role) != 1:
        raise ValueError("explain takes exactly one technician and one role")
    if not technician.n_skills == role.n_skills == relatedness.n_skills:
        raise ValueError("technician, role and relatedness have different vocabularies: use .over()")
    if technician.limits != role.limits:
        raise ValueError("technician and role were built with different limits")
    needs = [_need(technician, role, entry, relatedness) for entry in range(role.indices.size)]
    musts_met = not any(need.must_missing for need in needs)
    key = (int(musts_met) << KEY_SUM_BITS) | sum(need.contribution for need in needs)
    return Explanation(
        key, tuple(sorted(needs, key=lambda need: (-need.weight, need.skill))), _failed(technician, role)
    )


def _failed(technician: Technicians, role: Roles) -> tuple[str, ...]:
    return tuple(
        spec.name
        for spec, where in role.limits.slices()
        if bool(fails(spec, role.need[0, where], technician.has[0, where]))
    )


def _need(technician: Technicians, role: Roles, entry: int, relatedness: RelatednessMatrix) -> NeedExplained:
    skill, asked, weight = int(role.indices[entry]), int(role.levels[entry]), int(role.weights[entry])
    evidence = []
    for held, level in zip(technician.indices.tolist(), technician.levels.tolist(), strict=True):
        related = relatedness.of(skill, held)
        evidence.append((related * min(level, asked) // asked, related, level, -held))
    # Among equal coverages the skill itself is named first, then the closer one, then the higher level.
    coverage, related, level, held = max(evidence, key=lambda e: (e[0], -e[3] == skill, *e[1:]), default=(0, 0, 0, 0))
    if not coverage:
        related = level = 0
    return NeedExplained(
        skill=relatedness.codes[skill],
        weight=weight,
        level=asked,
        must=bool(role.must[entry]),
        status="covered" if coverage == FULL else "partly" if coverage else "missing",
        by=relatedness.codes[-held] if coverage else None,
        by_level=level,
        relatedness=related,
        coverage=coverage,
        contribution=weight * coverage,
    )
