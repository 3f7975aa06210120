"""What a skill weighs in a role that states no weight: rare skills and essential ones weigh more.

Rarity comes from the taxonomy alone (in how many occupations a skill occurs) and is kept with the fitted engine.
Counting open roles as well would shift every role's weights with each vacancy that opens or closes, and no stored
list could be trusted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.arrays import SkillVocabulary
from matching.engine.taxonomy import TaxonomyData

FLOOR, RARITY, ESSENTIAL = 3, 4, 3
"""On the scale of stated weights, 1 to 10: 3 for a common skill, up to 7 for a rare one, 3 more for an
essential one.
"""


def skill_rarity(taxonomy: TaxonomyData, vocabulary: SkillVocabulary) -> npt.NDArray[np.float64]:
    """Smoothed inverse document frequency over occupations, scaled to 0..1: float64[columns].

    A skill that no occupation names counts as middling: nothing is known of it.
    """
    occurrences = np.zeros(len(vocabulary), dtype=np.int64)
    occupations = {occupation for occupation, _, _ in taxonomy.occupations}
    for _, skill in {(occupation, skill) for occupation, skill, _ in taxonomy.occupations}:
        if skill in vocabulary:
            occurrences[vocabulary.column(skill)] += 1
    if not occupations:
        return np.full(len(vocabulary), 0.5)
    idf = np.log((1 + len(occupations)) / (1 + occurrences))
    rarest = np.log((1 + len(occupations)) / 2)
    rarity = np.clip(idf / rarest, 0.0, 1.0) if rarest > 0 else np.full(len(vocabulary), 0.5)
    return np.where(occurrences > 0, rarity, 0.5)


def default_weights(rarity: npt.NDArray[np.float64], essential: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Whole weights 3..10 from rarity 0..1 and essentialness, parallel arrays."""
    return np.asarray(FLOOR + np.rint(RARITY * rarity) + ESSENTIAL * essential, dtype=np.float64)
