"""Which candidates of a role are graded: the first of every system, and some by chance.

    python -m benchmarks.match_quality.pool ROLES.jsonl

prints, for roles that nobody has graded yet, one line each: the role's id and thirty candidates in shuffled order.
Neither scores nor ranks nor who proposed whom are printed: whoever grades must not know.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.match_quality.records import Person, read_people, role_of
from benchmarks.match_quality.systems import CoverageSystem, Scores, systems
from benchmarks.skill_pairs import scratch_taxonomy

SIZE, DEPTH, AT_LEAST_BY_CHANCE = 30, 10, 4
SEED = 7


def pooled(role: str, scores: Sequence[Scores], people: Sequence[Person]) -> list[str]:
    """Thirty people for one role from its row of each system's scores, in turn by rank, the rest by chance."""
    dice = random.Random(f"{SEED} {role}")
    ranks = [[int(place) for place in np.argsort(-row, kind="stable")[:DEPTH] if row[place] > 0] for row in scores]
    chosen: dict[int, None] = {}
    for depth in range(DEPTH):
        for ranked in ranks:
            if depth < len(ranked) and len(chosen) < SIZE - AT_LEAST_BY_CHANCE:
                chosen[ranked[depth]] = None
    others = [place for place in range(len(people)) if place not in chosen]
    together = [*chosen, *dice.sample(others, SIZE - len(chosen))]
    dice.shuffle(together)
    return [people[place].id for place in together]


def main() -> None:
    """Print the pools."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    roles, people = [role_of(json.loads(line)) for line in lines], read_people()
    compared = [system(roles, people) for system in systems(CoverageSystem(scratch_taxonomy(None))).values()]
    for row, role in enumerate(roles):
        pool = pooled(role.id, [scores[row] for scores in compared], people)
        sys.stdout.write(json.dumps({"role": role.id, "pool": pool}) + "\n")


if __name__ == "__main__":
    main()
