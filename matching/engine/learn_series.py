"""Series: labels that differ in one word only, many times over ("write Danish", "write Greek", ...).

Their words look alike, yet each stands for another thing, so likeness of words says nothing between members of a
series.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from matching.engine.taxonomy import SkillText

_MEMBERS = 6  # from so many on it is a series
_WORD = re.compile(r"\w+")


def series_membership(codes: Sequence[str], texts: Mapping[str, Mapping[str, SkillText]]) -> sparse.csr_matrix:
    """Which skill belongs to which series, over labels in all languages: CSR float32[n, series]."""
    members: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for language in sorted(texts):
        for row, code in enumerate(codes):
            words = _WORD.findall(texts[language].get(code, SkillText()).label.lower())
            for place in range(len(words)) if len(words) > 1 else ():
                members[language, *words[:place], "", *words[place + 1 :]].add(row)
    series = [members[key] for key in sorted(members) if len(members[key]) >= _MEMBERS]
    rows = np.array([row for one in series for row in sorted(one)], dtype=np.int64)
    cols = np.repeat(np.arange(len(series)), [len(one) for one in series])
    shape = (len(codes), len(series))
    return sparse.csr_matrix((np.ones(rows.size, dtype=np.float32), (rows, cols)), shape=shape)
