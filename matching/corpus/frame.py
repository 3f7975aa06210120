"""What all arrays of one computation share: which column a skill is, which bit a zone or credential is, and the day.

Columns and bits are given out by sorted key and held for one computation only: nothing stored depends on them, so a
new zone or credential disturbs no list. A rebuild's snapshot carries its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from matching.engine.arrays import Limits, SkillVocabulary, standard_limits
from workforce.places.models import Zone
from workforce.skills.models import Credential, Skill

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Frame:
    """``skill_ids`` (sorted) and ``skill_columns`` map database keys to columns; -1 where the engine knows none yet."""

    vocabulary: SkillVocabulary
    skill_ids: IntArray
    skill_columns: IntArray
    rarity: npt.NDArray[np.float64]  # [columns] 0..1, for roles that state no weight
    limits: Limits
    zone_bits: Mapping[int, int]
    zone_countries: Mapping[int, str]
    credential_bits: Mapping[int, int]
    today: datetime.date

    def columns(self, skill_ids: IntArray) -> IntArray:
        """The column of each skill id, -1 for one that the engine does not know."""
        if not self.skill_ids.size:
            return np.full(skill_ids.shape, -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.skill_ids, skill_ids), self.skill_ids.size - 1)
        return np.where(self.skill_ids[at] == skill_ids, self.skill_columns[at], -1)


def build_frame(
    vocabulary: SkillVocabulary, rarity: npt.NDArray[np.float64], today: datetime.date | None = None
) -> Frame:
    """Read skills, zones and credentials (three queries). ``rarity`` is float[columns] in the vocabulary's order."""
    skill_ids, columns = _skill_columns(vocabulary)
    zones = dict(Zone.objects.order_by("pk").values_list("pk", "country"))
    credentials = list(Credential.objects.order_by("pk").values_list("pk", flat=True))
    return Frame(
        vocabulary=vocabulary,
        skill_ids=skill_ids,
        skill_columns=columns,
        rarity=rarity,
        limits=standard_limits(zones=max(1, len(zones)), credentials=max(1, len(credentials))),
        zone_bits={pk: bit for bit, pk in enumerate(zones)},
        zone_countries=zones,
        credential_bits={pk: bit for bit, pk in enumerate(credentials)},
        today=today or timezone.localdate(),
    )


def _skill_columns(vocabulary: SkillVocabulary) -> tuple[IntArray, IntArray]:
    """Every skill id with the column of its code, or of its successor's where it was retired."""
    rows = {pk: (code, successor) for pk, code, successor in Skill.objects.values_list("pk", "code", "successor_id")}

    def column(pk: int) -> int:
        seen: set[int] = set()
        while (successor := rows[pk][1]) in rows and successor not in seen:
            seen.add(pk)
            pk = successor
        code = rows[pk][0]
        return vocabulary.column(code) if code in vocabulary else -1

    ids = sorted(rows)
    return np.array(ids, dtype=np.int64), np.array([column(pk) for pk in ids], dtype=np.int64)
