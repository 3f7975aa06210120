"""Does the relatedness of skills agree with people? 200 directed pairs graded by hand, against three simple peers."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "benchmarks" / "data" / "skill_pairs.csv"
COLUMNS = ("needed_code", "held_code", "needed_es", "needed_en", "held_es", "held_en", "grade", "why", "half")
GRADES = ("yes", "partly", "no")
HALVES = ("open", "sealed")
SPLIT_SEED = 20261125


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
