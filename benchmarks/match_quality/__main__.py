"""How good are the matches? ``python -m benchmarks.match_quality [--half open|sealed] [--json]``

Ranks the graded candidates of each role by our score and by four peers, in one run, and prints nDCG@10 and MAP with
95% bootstrap intervals over roles, and the paired difference to each peer. Then, on the same half: whether language and
gender change a list (``--extractor module:name`` measures another reader of texts than the baseline of
``benchmarks.extraction``), and how far one skill less or more moves somebody. Of the sealed half no role is ever named.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.extraction import Extract, baseline
from benchmarks.match_quality.figures import Floats, interval, judged
from benchmarks.match_quality.records import HALVES, Person, Role, read_people, read_roles
from benchmarks.match_quality.systems import OURS, CoverageSystem, Scores, System, jaccard, skill_cosine, systems
from benchmarks.skill_pairs import scratch_taxonomy

WORST = 5
MUST_BIT = 1 << 16


def by_role(roles: Sequence[Role], people: Sequence[Person], scores: Scores) -> Floats:
    """nDCG@10 and average precision of every role, over its graded candidates: float64[roles, 2]."""
    place = {person.id: at for at, person in enumerate(people)}
    rows = [
        judged(scores[row, [place[person] for person in role.grades]], list(role.grades.values()))
        for row, role in enumerate(roles)
    ]
    return np.array(rows)


def compared(roles: Sequence[Role], people: Sequence[Person], all_systems: Mapping[str, System]) -> dict[str, Floats]:
    """``by_role`` of every system."""
    return {name: by_role(roles, people, system(roles, people)) for name, system in all_systems.items()}


def extractor_named(name: str) -> Extract:
    """The reader of texts that ``module:name`` says, or the baseline."""
    if not name:
        return baseline()
    module, _, attribute = name.partition(":")
    reader: Extract = getattr(importlib.import_module(module), attribute)
    return reader


def report(half: str, extractor: str) -> dict[str, Any]:
    """All that is printed."""
    from benchmarks.match_quality import parity, stability

    taxonomy = scratch_taxonomy(None)
    people, roles = read_people(), read_roles(half)
    ours, exact = CoverageSystem(taxonomy), CoverageSystem(taxonomy, related=False)
    started = time.process_time()
    rows = compared(roles, people, systems(ours))
    rows |= {
        "ours without relations": by_role(roles, people, exact(roles, people)),
        "ours without the rule of musts": by_role(roles, people, ours(roles, people) % MUST_BIT),
    }
    seconds = time.process_time() - started
    find = extractor_named(extractor)

    def extract(text: str) -> frozenset[str]:
        return frozenset(found.code for found in find(text) if not found.negated and found.code in ours.vocabulary)

    worst = np.argsort(rows[OURS][:, 0])[:WORST] if half == "open" else []
    moved = {OURS: ours, "TF-IDF cosine, skills": skill_cosine, "Jaccard, skills": jaccard}
    return {
        "half": half,
        "version": ours.matrix.version,
        "roles": len(roles),
        "pairs": sum(len(role.grades) for role in roles),
        "systems": {
            name: {"ndcg": interval(found[:, 0]), "map": interval(found[:, 1])} for name, found in rows.items()
        },
        "ours minus": {
            name: {"ndcg": interval(rows[OURS][:, 0] - found[:, 0]), "map": interval(rows[OURS][:, 1] - found[:, 1])}
            for name, found in rows.items()
            if name != OURS
        },
        "worst": {f"{roles[at].id} {roles[at].title['en']}": float(rows[OURS][at, 0]) for at in worst},
        "languages": parity.languages(roles, people, ours, extract),
        "genders": parity.genders(roles, people, ours, extract),
        "stability": {name: stability.moves(roles, people, system, taxonomy.codes) for name, system in moved.items()},
        "cpu_seconds_of_comparing": round(seconds, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def as_text(made: Mapping[str, Any]) -> str:
    """The report for readers: Markdown tables, then what else was measured."""
    lines = [
        f"half {made['half']}: {made['roles']} roles, {made['pairs']} graded pairs, relatedness {made['version']}",
        "",
        "| | nDCG@10 | MAP | ours minus this: nDCG@10 | MAP |",
        "|---|---|---|---|---|",
    ]
    for name, of in made["systems"].items():
        gap = made["ours minus"].get(name)
        cells = [_cell(of["ndcg"]), _cell(of["map"]), *([_cell(gap["ndcg"]), _cell(gap["map"])] if gap else ["", ""])]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    for title in ("worst", "languages", "genders"):
        lines += ["", title, *(f"  {key}: {_short(value)}" for key, value in made[title].items())]
    lines += ["", "stability"]
    for name, of in made["stability"].items():
        lines.append(f"  {name}: " + "; ".join(f"{key} {_short(value)}" for key, value in of.items()))
    lines += ["", f"{made['cpu_seconds_of_comparing']} CPU seconds of comparing, peak {made['peak_mb']} MB"]
    return "\n".join(lines)


def _cell(values: Sequence[float]) -> str:
    return "{:.3f} ({:.3f} to {:.3f})".format(*values)


def _short(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="open")
    parser.add_argument("--extractor", default="", help="module:name of a callable that finds skills in a text")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    made = report(options.half, options.extractor)
    sys.stdout.write((json.dumps(made, indent=2) if options.json else as_text(made)) + "\n")


if __name__ == "__main__":
    main()
