"""How far somebody moves in a role's list by one skill less, or by one more that the role does not ask for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.match_quality.records import Person, Role
from benchmarks.match_quality.systems import Scores, System

SEED = 11
NEAR_THE_TOP = 20
FEW = 3
LEVEL = 2


def one_less(person: Person, dice: random.Random) -> Person:
    """Without one skill, drawn."""
    gone = dice.choice(sorted(person.skills))
    return replace(person, skills={code: level for code, level in person.skills.items() if code != gone})


def one_more(person: Person, codes: Sequence[str], dice: random.Random) -> Person:
    """With one skill more, drawn from the whole taxonomy."""
    new = dice.choice([code for code in codes if code not in person.skills])
    return replace(person, skills={**person.skills, new: LEVEL})


def moves(roles: Sequence[Role], people: Sequence[Person], system: System, codes: Sequence[str]) -> dict[str, Any]:
    """Places moved by those among the first twenty of a role; equal scores share their middle place."""
    dice = random.Random(SEED)
    less = [one_less(person, dice) for person in people]
    more = [one_more(person, codes, dice) for person in people]
    scores = system(roles, [*people, *less, *more])
    before, without, added = np.split(scores, 3, axis=1)
    was = places(before, before)
    near = (was <= NEAR_THE_TOP) & (before > 0)
    by_less, by_more = places(before, without) - was, places(before, added) - was
    return {
        "pairs": int(near.sum()),
        "one less: mean places": float(np.abs(by_less[near]).mean()),
        "one less: at most three": float((np.abs(by_less[near]) <= FEW).mean()),
        "one more: mean places": float(np.abs(by_more[near]).mean()),
        "one more: lower": float((by_more[near] > 0).mean()),
    }


def places(others: Scores, own: Scores) -> Scores:
    """Place of each person with ``own`` scores among the ``others`` (all but the person as before), by role."""
    found = np.empty_like(own)
    for row in range(own.shape[0]):
        above = (others[row][None, :] > own[row][:, None]).sum(axis=1) - (others[row] > own[row])
        equal = (others[row][None, :] == own[row][:, None]).sum(axis=1) - (others[row] == own[row])
        found[row] = 1 + above + equal / 2
    return found
