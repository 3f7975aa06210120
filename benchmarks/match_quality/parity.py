"""Does the language of a text, or the gender of a title, change who stands first? From text to score, end to end.

A role's needs are what an extractor finds in its text. The same role in Spanish and in English, and with the masculine
and the feminine form of its Spanish title, should lead to the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.match_quality.figures import Floats
from benchmarks.match_quality.records import Need, Person, Role
from benchmarks.match_quality.systems import CoverageSystem
from workforce.skills.linker.gender import other_form, split_pair

Extract = Callable[[str], frozenset[str]]
LEVEL = 2  # of every need that was found: texts rarely say one
FIRST = 10
ENDINGS = ("or", "ora", "ico", "ica", "ero", "era")  # titles whose other form is certain


def found_in(role: Role, text: str, extract: Extract) -> Role:
    """The role with the needs that its text names, none of them a must."""
    return replace(role, needs=tuple(Need(code, LEVEL, must=False) for code in sorted(extract(text))))


def shared_first(one: Floats, other: Floats) -> float:
    """Share of the first ten of two rows of scores that stand in both; only those who match at all count."""
    tops = [{int(at) for at in np.argsort(-row, kind="stable")[:FIRST] if row[at] > 0} for row in (one, other)]
    longest = max(map(len, tops))
    return len(tops[0] & tops[1]) / longest if longest else 1.0


def languages(
    roles: Sequence[Role], people: Sequence[Person], ours: CoverageSystem, extract: Extract
) -> dict[str, Any]:
    """The same role in both languages: skills found in both, and how much of the first ten is shared."""
    versions = {lang: [found_in(role, role.words(lang), extract) for role in roles] for lang in ("es", "en")}
    scores = {lang: ours(version, people) for lang, version in versions.items()}
    codes = {lang: [{need.skill for need in role.needs} for role in version] for lang, version in versions.items()}
    alike = [len(es & en) / len(es | en) if es | en else 1.0 for es, en in zip(codes["es"], codes["en"], strict=True)]
    return {
        "roles": len(roles),
        "skills found, es": float(np.mean([len(found) for found in codes["es"]])),
        "skills found, en": float(np.mean([len(found) for found in codes["en"]])),
        "skills alike": float(np.mean(alike)),
        "first ten shared": float(np.mean([shared_first(*rows) for rows in zip(*scores.values(), strict=True)])),
    }


def genders(roles: Sequence[Role], people: Sequence[Person], ours: CoverageSystem, extract: Extract) -> dict[str, Any]:
    """Both forms of titles, of roles and of people: how many change a skill or a score."""
    pairs = [(role, split_pair(role.title["es"])) for role in roles]
    paired = [(role, forms) for role, forms in pairs if len(forms) > 1]
    sides = [
        ours([found_in(role, f"{forms[side]} {role.text['es']}", extract) for role, forms in paired], people)
        for side in (0, 1)
    ]
    titles = [
        person.title for person in people if person.lang == "es" and person.title.split()[0].lower().endswith(ENDINGS)
    ]
    return {
        "role titles": len(paired),
        "lists that change": int((sides[0] != sides[1]).any(axis=1).sum()),
        "people's titles": len(titles),
        "titles that change": sum(extract(title) != extract(swapped(title)) for title in titles),
    }


def swapped(title: str) -> str:
    """A title with its first word in the other gender."""
    first, *rest = title.split()
    return " ".join([other_form(first), *rest])
