"""How often real words of vacancies find the right concept: ``python -m benchmarks.vacancy_phrases``.

``data/vacancy_phrases.csv`` holds requirement lines cut verbatim out of real vacancies and job profiles (``source``
says of which kind), collected by somebody who had not seen the taxonomy and labelled by meaning alone (``codes``: right
answers, joined with ``|``; empty where our taxonomy has none, which counts as a miss). The half ``open`` was looked at
to teach the taxonomy words it lacked; the half ``sealed`` was not, and says what to expect of words not seen yet.
The look-up is the product's own, over the taxonomy's files; no database is needed. Peers in the same run: RapidFuzz's
token_set_ratio over the same texts, and exact match after folding.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
from collections.abc import Callable, Iterable
from pathlib import Path

import django
from rapidfuzz import fuzz, process

os.environ.setdefault("PUENTE_ENV", "dev")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
django.setup()

from workforce.core.text import fold
from workforce.skills.linker.lookup import DEFINITION, ConceptIndex, Row
from workforce.skills.linker.titles import title_forms
from workforce.skills.taxonomy_files import read_taxonomy

PHRASES = Path(__file__).parent / "data" / "vacancy_phrases.csv"
FIRST = 3
Search = Callable[[str], list[str]]


def texts_by_kind() -> dict[str, list[tuple[str, Row]]]:
    """Return (code, text) of every concept by kind; ``Row.concept`` is the place of the code."""
    taxonomy = read_taxonomy()
    named = {
        "skill": taxonomy.skill_aliases,
        "occupation": taxonomy.occupation_aliases,
    }
    found: dict[str, list[tuple[str, Row]]] = {}
    for kind, aliases in named.items():
        found[kind] = [
            (code, Row(n, alias.lang, alias.text, alias.kind))
            for n, (code, texts) in enumerate(aliases.items())
            for alias in texts.values()
        ]
    found["credential"] = [
        (code, Row(n, lang, text, kind))
        for n, (code, row) in enumerate(taxonomy.credentials.items())
        for lang, text, kind in (
            *((lang, row[f"name_{lang}"], "label") for lang in ("es", "en")),
            ("es", row["standard"], "alias"),
        )
        if text
    ]
    for kind, concepts in (("skill", taxonomy.skills), ("credential", taxonomy.credentials)):
        found[kind] += [
            (code, Row(n, lang, row[f"description_{lang}"], DEFINITION))
            for n, (code, row) in enumerate(concepts.items())
            for lang in ("es", "en")
        ]
    return found


def product(texts: list[tuple[str, Row]], kind: str) -> Search:
    """The product's look-up, as the search page and the API call it."""
    codes = {row.concept: code for code, row in texts}
    index = ConceptIndex(row for _code, row in texts)
    return lambda phrase: [codes[match.concept] for match in index.search(phrase, FIRST)]


def rapidfuzz(texts: list[tuple[str, Row]], kind: str) -> Search:
    """RapidFuzz over all folded names (definitions only spoil it), the best three different concepts."""
    texts = [(code, row) for code, row in texts if row.kind != DEFINITION]
    folded = [fold(row.text) for _code, row in texts]

    def search(phrase: str) -> list[str]:
        best = process.extract(fold(phrase), folded, scorer=fuzz.token_set_ratio, limit=100)
        return list(dict.fromkeys(texts[n][0] for _text, _score, n in best))[:FIRST]

    return search


def exact(texts: list[tuple[str, Row]], kind: str) -> Search:
    """Only the same text, folded; for titles any of their readings."""
    by_text: dict[str, list[str]] = {}
    for code, row in texts:
        by_text.setdefault(fold(row.text), []).append(code)
    forms = title_forms if kind == "occupation" else (lambda phrase: (fold(phrase),))
    return lambda phrase: [code for form in forms(phrase) for code in by_text.get(form, ())][:FIRST]


SYSTEMS = {"puente": product, "rapidfuzz token_set_ratio": rapidfuzz, "exact": exact}


def measure(rows: Iterable[dict[str, str]], show_misses: bool) -> None:
    """Print, by system and part, how many phrases have a right code first and among the first three."""
    rows, texts = list(rows), texts_by_kind()
    for name, make in SYSTEMS.items():
        searches = {kind: make(held, kind) for kind, held in texts.items()}
        hits: dict[str, list[tuple[bool, bool]]] = {}
        for row in rows:
            right = set(row["codes"].split("|")) - {""}
            found = searches[row["kind"]](row["phrase"])
            pair = (bool(found[:1] and found[0] in right), bool(right & set(found)))
            for part in (row["half"], row["lang"], "all"):
                hits.setdefault(part, []).append(pair)
            if show_misses and name == "puente" and row["half"] == "open" and not pair[1]:
                print(f"  missed: {row['phrase']!r} ({row['kind']}): {row['codes'] or 'no concept'}; found {found}")
        for part, pairs in sorted(hits.items()):
            first, three = (sum(pair[at] for pair in pairs) for at in (0, 1))
            share = three / len(pairs)
            print(f"{name:26} {part:7} n={len(pairs):3}  first {first:3}  among three {three:3} ({share:.1%})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="Show the open phrases that were not found.")
    options = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    with PHRASES.open(encoding="utf-8", newline="") as file:
        measure(csv.DictReader(file), options.misses)
