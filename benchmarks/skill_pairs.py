"""Does the relatedness of skills agree with people? 200 directed pairs graded by hand, against three simple peers.

    python -m benchmarks.skill_pairs [--esco DIR] [--half open|sealed|all] [--json]

Fits ``SkillRelatedness`` on our taxonomy (and ESCO's files, where given) in a scratch SQLite file. Peers of the same
run: cosine of character n-grams of the labels in both languages, Jaccard of the occupations that ask for both, and the
declared relations alone. Intervals: bootstrap over skills' pairs, both directions drawn together. Pairs are named of
the open half only: who tunes must not read the sealed one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

if TYPE_CHECKING:
    from matching.engine.taxonomy import TaxonomyData

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "benchmarks" / "data" / "skill_pairs.csv"
COLUMNS = ("needed_code", "held_code", "needed_es", "needed_en", "held_es", "held_en", "grade", "why", "half")
GRADES = ("no", "partly", "yes")
HALVES = ("open", "sealed")
SPLIT_SEED = 20261125
DRAWS, DRAW_SEED = 2_000, 1
MUST = 0.5  # from here on a must-have counts as covered

FloatArray = npt.NDArray[np.float64]
Score = Callable[[str, str], float]  # of (needed, held)


@dataclass(frozen=True)
class Pair:
    """How far somebody who has ``held`` covers a role that needs ``needed``."""

    needed: str
    held: str
    grade: str
    half: str


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """The graded pairs, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Pair(row["needed_code"], row["held_code"], row["grade"], row["half"]) for row in csv.DictReader(file)]


def halves(pairs: Sequence[tuple[str, str]], seed: int = SPLIT_SEED) -> dict[tuple[str, str], str]:
    """Half the pairs (needed, held) open, half sealed, at random; both directions of two skills lie in one half."""
    together: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for pair in sorted(pairs):
        together.setdefault(tuple(sorted(pair)), []).append(pair)
    groups = list(together.values())
    random.Random(seed).shuffle(groups)
    half: dict[tuple[str, str], str] = {}
    for group in groups:
        is_open = sum(value == "open" for value in half.values()) + len(group) <= len(pairs) // 2
        half |= dict.fromkeys(group, "open" if is_open else "sealed")
    return half


def scratch_taxonomy(esco: Path | None) -> TaxonomyData:
    """What the engine is fitted on, read as it reads it: from a database, made for this and thrown away."""
    with tempfile.TemporaryDirectory(prefix="puente-pairs-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "workforce.config.settings",
            "PUENTE_ENV": "dev",
            "PUENTE_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/pairs.sqlite3",
            "LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from matching.corpus.taxonomy import load_taxonomy

        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            call_command("migrate", verbosity=0)
            call_command("load_taxonomy", stdout=nowhere)
            if esco:
                call_command("import_esco", str(esco), stdout=nowhere)
        taxonomy = load_taxonomy()
        connection.close()
    return taxonomy


def fitted_score(taxonomy: TaxonomyData) -> tuple[Score, dict[str, Any]]:
    """The engine's relatedness, and what the fit took."""
    from matching.engine.relatedness import SkillRelatedness

    before, started, busy = _peak(), time.perf_counter(), time.process_time()
    matrix = SkillRelatedness().fit(taxonomy).matrix_
    cost = {
        "skills": len(taxonomy.codes),
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - busy, 2),
        "peak_mb": round(_peak()),
        "peak_mb_before": round(before),
        "version": matrix.version,
    }
    column = {code: place for place, code in enumerate(matrix.codes)}
    return lambda needed, held: matrix.of(column[needed], column[held]) / 100, cost


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def label_score(taxonomy: TaxonomyData) -> Score:
    """Cosine of TF-IDF over character n-grams (3 to 5) of the labels in both languages."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [" ".join(taxonomy.texts[lang][code].label for lang in ("es", "en")) for code in taxonomy.codes]
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit_transform(texts)
    column = {code: place for place, code in enumerate(taxonomy.codes)}
    return lambda needed, held: float(vectors[column[needed]].multiply(vectors[column[held]]).sum())


def occupation_score(taxonomy: TaxonomyData) -> Score:
    """Jaccard of the sets of occupations that ask for each."""
    asking: dict[str, set[str]] = {}
    for occupation, skill, _essential in taxonomy.occupations:
        asking.setdefault(skill, set()).add(occupation)

    def score(needed: str, held: str) -> float:
        one, other = asking.get(needed, set()), asking.get(held, set())
        return len(one & other) / len(one | other) if one | other else 0.0

    return score


def declared_score(taxonomy: TaxonomyData) -> Score:
    """What people declared, and nothing else."""
    strengths = {(needed, held): strength for held, needed, strength in taxonomy.declared}
    return lambda needed, held: strengths.get((needed, held), 0.0)


def auc(scores: FloatArray, positive: npt.NDArray[np.bool_]) -> float:
    """Area under the curve; equal scores count half, NaN where a class is missing."""
    n = int(positive.sum())
    if n in (0, len(scores)):
        return float("nan")
    return float((rankdata(scores)[positive].sum() - n * (n + 1) / 2) / (n * (len(scores) - n)))


def draws(pairs: Sequence[Pair]) -> list[npt.NDArray[np.int64]]:
    """Bootstrap samples of row numbers, the same for every method."""
    together: dict[tuple[str, ...], list[int]] = {}
    for row, pair in enumerate(pairs):
        together.setdefault(tuple(sorted((pair.needed, pair.held))), []).append(row)
    groups = [np.array(rows) for rows in together.values()]
    chance = np.random.default_rng(DRAW_SEED)
    return [np.concatenate([groups[at] for at in chance.integers(len(groups), size=len(groups))]) for _ in range(DRAWS)]


def directions(pairs: Sequence[Pair], scores: FloatArray) -> dict[str, int]:
    """Of skills graded differently in both directions: how many are ordered right, equal, or the wrong way round."""
    rows = {(pair.needed, pair.held): row for row, pair in enumerate(pairs)}
    counts = {"right": 0, "equal": 0, "wrong": 0}
    for row, pair in enumerate(pairs):
        back = rows.get((pair.held, pair.needed))
        if back is None or GRADES.index(pair.grade) <= GRADES.index(pairs[back].grade):
            continue
        gap = scores[row] - scores[back]
        counts["right" if gap > 0 else "wrong" if gap < 0 else "equal"] += 1
    return counts


def measure(pairs: Sequence[Pair], score: Score, declared: Score) -> dict[str, Any]:
    """All figures of one method on some pairs."""
    scores = np.array([score(pair.needed, pair.held) for pair in pairs])
    grade = np.array([GRADES.index(pair.grade) for pair in pairs])
    learnt = np.array([declared(pair.needed, pair.held) == 0 for pair in pairs])
    samples = draws(pairs)

    def area(least: int) -> list[float]:
        drawn = [auc(scores[rows], grade[rows] >= least) for rows in samples]
        low, high = np.nanpercentile(drawn, [2.5, 97.5])
        return [round(float(value), 3) for value in (auc(scores, grade >= least), low, high)]

    return {
        "auc_related": area(1),
        "auc_yes": area(2),
        "auc_related_undeclared": round(auc(scores[learnt], grade[learnt] >= 1), 3),
        "no_at_must": int(((grade == 0) & (scores >= MUST)).sum()),
        "yes_at_must": int(((grade == 2) & (scores >= MUST)).sum()),
        "mean": {name: round(float(scores[grade == place].mean()), 3) for place, name in enumerate(GRADES)},
        "zero": {name: int((scores[grade == place] == 0).sum()) for place, name in enumerate(GRADES)},
        "directions": directions(pairs, scores),
    }


def report(half: str, taxonomy: TaxonomyData) -> dict[str, Any]:
    """Everything, as it is printed."""
    fitted, cost = fitted_score(taxonomy)
    declared = declared_score(taxonomy)
    pairs = [pair for pair in read_pairs() if half in ("all", pair.half)]
    methods = {
        "SkillRelatedness": fitted,
        "label n-grams": label_score(taxonomy),
        "occupations, Jaccard": occupation_score(taxonomy),
        "declared alone": declared,
    }
    named = [
        {"needed": pair.needed, "held": pair.held, "grade": pair.grade, "score": fitted(pair.needed, pair.held)}
        for pair in pairs
        if pair.half == "open"
    ]
    return {
        "half": half,
        "pairs": {name: sum(pair.grade == name for pair in pairs) for name in GRADES},
        "declared": sum(declared(pair.needed, pair.held) > 0 for pair in pairs),
        "fit": cost,
        "methods": {name: measure(pairs, score, declared) for name, score in methods.items()},
        "no_named": [row for row in named if row["grade"] == "no" and row["score"] >= MUST],
        "yes_named": [row for row in named if row["grade"] == "yes" and row["score"] < MUST],
        "partly_named": [row for row in named if row["grade"] == "partly" and row["score"] == 0],
    }


def as_text(made: dict[str, Any]) -> str:
    """The report for readers: a table in Markdown, and the names."""
    lines = [
        f"half {made['half']}: {made['pairs']}, {made['declared']} declared; fit {made['fit']}",
        "",
        "| | yes+partly vs no | not declared | yes vs others | no >= 0.5 | yes >= 0.5 | right / equal / wrong way |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, of in made["methods"].items():
        related, yes = ("{:.3f} ({:.3f}-{:.3f})".format(*of[key]) for key in ("auc_related", "auc_yes"))
        ways = " / ".join(str(count) for count in of["directions"].values())
        cells = (name, related, of["auc_related_undeclared"], yes, of["no_at_must"], of["yes_at_must"], ways)
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    lines += ["", *(f"{name}: means {of['mean']}, zero {of['zero']}" for name, of in made["methods"].items())]
    for key in ("no_named", "yes_named", "partly_named"):
        lines += ["", f"{key} (open half):"]
        lines += [f"  {row['score']:.2f} {row['needed']} <- {row['held']}" for row in made[key]]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--esco", type=Path)
    parser.add_argument("--half", choices=(*HALVES, "all"), default="open")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    made = report(options.half, scratch_taxonomy(options.esco))
    sys.stdout.write((json.dumps(made, indent=2) if options.json else as_text(made)) + "\n")


if __name__ == "__main__":
    main()
