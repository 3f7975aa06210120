"""A role that nobody has saved, as the engine sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.corpus.frame import Frame
from matching.corpus.roles import NEED, RoleArrays
from matching.engine.arrays import Roles
from workforce.employers.models import Role
from workforce.employers.rules import CredentialNeed, SkillNeed


@dataclass(frozen=True)
class Draft:
    """A role as it would be saved: ``role`` itself is not (its plant must be loaded); needs are those of its rows."""

    role: Role
    skills: Sequence[SkillNeed]
    credentials: Sequence[CredentialNeed] = ()


def draft_arrays(frame: Frame, draft: Draft) -> Roles:
    """The arrays that loading the role would give once it was saved: one query at most. A new one has the id 0."""
    role, id_ = draft.role, draft.role.pk or 0
    arrays = RoleArrays(frame)
    words = arrays.words(
        role.shifts,
        role.needs_us_work,
        role.english_min,
        role.starts_on,
        role.plant.zone_id,
        role.plant.company_bus,
        [need.credential_id for need in draft.credentials if need.must],
    )
    rows = [(id_, need.skill_id, need.level, need.weight or 0, need.must) for need in draft.skills]
    return arrays.build(
        np.array([id_], dtype=np.int64),
        words.reshape(1, -1),
        np.array([max(1, role.openings)], dtype=np.int64),
        {id_: role.occupation_id} if role.occupation_id is not None else {},
        np.array(rows, dtype=NEED),
    )
