"""Which level of a skill counts: the one rule for matching, cards and API.

A level that a person declares counts as at most three; four needs somebody else to stand behind it (a certificate
that staff has checked, an institute's assessment, an employer's word) with evidence that has not expired. A certificate
that is only stated is the person's own word. So the effective level is::

    max(min(declared, 3), every valid proven level)

In queries use ``TechnicianSkill.objects.with_effective_level(day)``, which is the same rule in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable

from workforce.technicians.choices import PROVEN
from workforce.technicians.models import UNPROVEN_LEVEL, SkillEvidence


def effective_level(declared: int, proven: Iterable[int] = ()) -> int:
    """Return the level (1-4) that counts, given the declared one and the levels of valid proven evidence."""
    return max([min(declared, UNPROVEN_LEVEL.value), *proven])


def proven_levels(evidence: Iterable[SkillEvidence]) -> list[int]:
    """Return the levels that others stand behind. ``evidence`` holds only what has not expired."""
    return [row.level for row in evidence if row.kind in PROVEN]
