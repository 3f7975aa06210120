"""How fast and how well the skill picker answers at ESCO's size, against RapidFuzz over every text.

    manage.py import_esco DIR            # once, in the database of DATABASE_URL
    python benchmarks/skill_picker.py    # or: python benchmarks/skill_picker.py DIR   (no database is needed then)

Queries are labels and aliases drawn with a fixed seed: as they are, without accents, with one slip, and as a beginning
(what somebody has typed so far). Printed: milliseconds at p50, p99 and most, and how often the concept is among the ten
answered. The peer is ``rapidfuzz.process.extract`` with ``WRatio`` over the same folded texts, deduplicated by concept.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from workforce.core.text import fold
from workforce.skills.linker.lookup import ConceptIndex, Row

SEED = 20261124
LIMIT = 10


def rows_of_database() -> list[Row]:
    """The active skills' texts of the database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
    django.setup()
    from workforce.skills.models import SkillAlias

    texts = SkillAlias.objects.filter(skill__status="active").order_by("pk")
    return [Row(*row) for row in texts.values_list("skill_id", "lang", "text", "kind")]


def rows_of_folder(folder: Path) -> list[Row]:
    """The skills' texts of ESCO's files."""
    from workforce.skills.esco.files import concepts_of

    ids: dict[str, int] = {}
    rows: list[Row] = []
    for lang in ("en", "es"):
        for uri, texts in concepts_of(folder, f"skills_{lang}"):
            concept = ids.setdefault(uri, len(ids))
            rows.append(Row(concept, lang, texts.label, "label"))
            rows += [Row(concept, lang, text, "alias") for text in texts.alts]
    return rows


def slip(text: str, chance: random.Random) -> str:
    """Drop or swap one letter, not the first."""
    at = chance.randrange(1, max(2, len(text) - 1))
    if chance.random() < 0.5:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def queries(rows: list[Row], count: int) -> dict[str, list[tuple[str, int]]]:
    """Queries by kind, each with the concept that was meant."""
    chance = random.Random(SEED)
    drawn = [row for row in chance.sample(rows, min(count, len(rows))) if len(row.text) > 4]
    return {
        "as it is": [(row.text, row.concept) for row in drawn],
        "without accents": [(fold(row.text), row.concept) for row in drawn],
        "one slip": [(slip(fold(row.text), chance), row.concept) for row in drawn],
        "a beginning": [(fold(row.text)[: max(4, len(row.text) * 2 // 3)], row.concept) for row in drawn],
    }


def measure(name: str, ask: Callable[[str], list[int]], asked: dict[str, list[tuple[str, int]]]) -> None:
    """Print one line for each kind of query."""
    for kind, pairs in asked.items():
        took, hits = [], 0
        for text, concept in pairs:
            began = time.perf_counter()
            found = ask(text)
            took.append((time.perf_counter() - began) * 1000)
            hits += concept in found
        p50, p99 = np.percentile(took, [50, 99])
        print(
            f"{name:<22} {kind:<16} n={len(pairs):<5} p50 {p50:8.2f} ms  p99 {p99:8.2f} ms  max {max(took):8.2f} ms  "
            f"in the ten {hits / len(pairs):6.1%}",
            flush=True,
        )


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", nargs="?", type=Path, help="ESCO's folder; without it the database is read")
    parser.add_argument("-n", type=int, default=2000, help="queries of each kind (the peer gets a fiftieth)")
    options = parser.parse_args()
    rows = rows_of_folder(options.dir) if options.dir else rows_of_database()
    print(f"{len({row.concept for row in rows})} concepts, {len(rows)} texts")
    began = time.perf_counter()
    index = ConceptIndex(rows)
    print(f"built in {time.perf_counter() - began:.2f} s")
    asked = queries(rows, options.n)
    measure("ConceptIndex", lambda text: [match.concept for match in index.search(text, LIMIT)], asked)

    folded = [fold(row.text) for row in rows]

    def peer(text: str) -> list[int]:
        best = process.extract(fold(text), folded, scorer=fuzz.WRatio, limit=LIMIT * 3)
        return list(dict.fromkeys(rows[at].concept for _text, _score, at in best))[:LIMIT]

    few = {kind: pairs[: max(20, options.n // 50)] for kind, pairs in asked.items()}
    measure("rapidfuzz.extract", peer, few)


if __name__ == "__main__":
    main()
