"""How well skills are found in whole texts: ``python -m benchmarks.extraction [--half open|sealed|all] [--misses]``.

``data/extraction/`` holds 80 vacancies and CVs with hand-marked skills; its README says how they are marked and what
the halves are for. ``--extractor module:name`` measures any callable ``extract(text)`` that returns objects with
``start``, ``end``, ``code`` and ``negated`` (and ``level``, ``years``, ``must``, if it has them; a ``kind`` other than
skill is left out: the marks are of skills). ``--extractor product`` is the product's own, built from the files of the
taxonomy; without it the baseline is measured: the longest exact match of normalised labels and aliases. No database is
needed.

The unit is a concept in a text. A skill the text asks for or tells of must come back, not negated; one it denies ("no
se requiere inglés") must come back negated or not at all. Concepts marked as doubtful are neither right nor wrong;
"strict" is the precision that counts them as wrong. Micro-averaged; intervals are the 95% percentiles of a bootstrap
over texts. Of the sealed half nothing but figures is ever printed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

FOLDER = Path(__file__).parent / "data" / "extraction"
HALVES = ("open", "sealed")
SEED = 20261125
RESAMPLES = 2000


class Found(Protocol):
    """What an extractor returns for each mention."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def code(self) -> str: ...

    @property
    def negated(self) -> bool: ...


Extract = Callable[[str], Iterable[Found]]
Text = dict[str, Any]


class Counts(NamedTuple):
    """Concepts of one text: found rightly, wrongly, not at all; doubtful and found; denied, and what became of them."""

    right: int
    wrong: int
    missed: int
    doubtful: int
    denied: int
    denied_as_asked: int
    denied_as_denied: int


@dataclass(frozen=True)
class Judged:
    """One text, with the codes behind its counts."""

    text: Text
    counts: Counts
    wrong: frozenset[str]
    missed: frozenset[str]
    found: tuple[Found, ...]


def read_texts(half: str) -> list[Text]:
    """The texts of a half, or of both (``all``)."""
    halves = HALVES if half == "all" else (half,)
    return [
        json.loads(line)
        for name in halves
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def judge(text: Text, found: Iterable[Found]) -> Judged:
    """Compare what was found in a text with its marks, concept by concept."""
    found = tuple(found)
    for one in found:
        if not 0 <= one.start < one.end <= len(text["text"]):
            raise ValueError(f"{text['id']}: {one.code} at {one.start}-{one.end} is no part of the text.")
    asked = {mark["code"] for mark in text["marks"] if not mark["negated"]}
    denied = {mark["code"] for mark in text["marks"] if mark["negated"]}
    doubtful = {mark["code"] for mark in text["doubtful"]}
    said = {one.code for one in found if not one.negated}
    said_no = {one.code for one in found if one.negated} - said
    wrong = said - asked - doubtful
    counts = Counts(
        right=len(said & asked),
        wrong=len(wrong),
        missed=len(asked - said),
        doubtful=len(said & doubtful),
        denied=len(denied),
        denied_as_asked=len(denied & said),
        denied_as_denied=len(denied & said_no),
    )
    return Judged(text, counts, frozenset(wrong), frozenset(asked - said), found)


class Figures(NamedTuple):
    """Precision (doubtful ones left out), recall, F1 of both, and precision with doubtful ones as wrong."""

    precision: float
    recall: float
    f1: float
    strict: float


NAMES = Figures._fields


def figures(sums: Sequence[float]) -> Figures:
    """Figures of summed counts."""
    right, wrong, missed, doubtful = sums[:4]
    precision, strict = _share(right, right + wrong), _share(right, right + wrong + doubtful)
    recall = _share(right, right + missed)
    return Figures(precision, recall, _share(2 * precision * recall, precision + recall), strict)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def intervals(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """95% interval of each figure: texts drawn with replacement, always the same draws."""
    counts = np.array([one.counts for one in judged], dtype=float)
    draws = np.random.default_rng(SEED).integers(0, len(counts), (RESAMPLES, len(counts)))
    resampled = np.array([figures(counts[draw].sum(axis=0).tolist()) for draw in draws])
    low, high = np.percentile(resampled, (2.5, 97.5), axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def report(judged: Sequence[Judged]) -> Iterator[str]:
    """Lines of figures, over all and by half, language and kind; no word of any text."""
    for name, part in _parts(judged):
        sums = np.array([one.counts for one in part], dtype=int).sum(axis=0).tolist()
        shown = "  ".join(
            f"{title} {value:.3f} [{low:.3f}, {high:.3f}]"
            for title, value, (low, high) in zip(NAMES, figures(sums), intervals(part), strict=True)
        )
        yield f"{name:8} n={len(part):2}  {shown}"
        yield (
            f"{'':14}right {sums[0]}, wrong {sums[1]}, missed {sums[2]}, doubtful {sums[3]}; "
            f"denied {sums[4]}: {sums[5]} came back as asked (wrong), {sums[6]} as denied"
        )
    yield from details(judged)


def details(judged: Sequence[Judged]) -> Iterator[str]:
    """How often level, years and must of a skill rightly found are those of the mark, where the extractor says any."""
    for name in ("level", "years", "must"):
        stated = same = silent = invented = 0
        told = False
        for one in judged:
            for mark in one.text["marks"]:
                values = [getattr(f, name, None) for f in one.found if f.code == mark["code"] and not f.negated]
                if mark["negated"] or not values:
                    continue
                value = next((v for v in values if v is not None), None)
                told = told or value is not None
                if mark[name] is None:
                    silent += 1
                    invented += value is not None
                else:
                    stated += 1
                    same += value == mark[name]
        if told:
            yield f"{name:8} {same} of {stated} as marked; of {silent} that the text leaves open, {invented} got one"


def _parts(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    yield "all", list(judged)
    for key in ("half", "lang", "kind"):
        values = list(dict.fromkeys(one.text[key] for one in judged))
        if len(values) > 1:
            for value in values:
                yield value, [one for one in judged if one.text[key] == value]


def misses(judged: Iterable[Judged]) -> Iterator[str]:
    """What was missed and what was wrong in texts of the open half; never of the sealed one."""
    for one in judged:
        if one.text["half"] == "open":
            words = {m["code"]: one.text["text"][m["start"] : m["end"]] for m in one.text["marks"]}
            lost = ", ".join(f"{code} ({words[code]!r})" for code in sorted(one.missed))
            more = ", ".join(f"{code} (denied)" if code in words else code for code in sorted(one.wrong))
            yield f"{one.text['id']}\n  missed: {lost or '-'}\n  wrong:  {more or '-'}"


# The baseline


@dataclass(frozen=True)
class Span:
    """A mention that the baseline found; it knows nothing of negation."""

    start: int
    end: int
    code: str
    negated: bool = False


_TOKEN = re.compile(r"[^\W_]+(?:['´`’]s\b)?[+#]*")
_BREAK = re.compile(r"[\n.;:!?•·|,()]")  # between two words: no name goes over it
LONGEST = 12  # words


def baseline() -> Extract:
    """The longest run of words that is exactly a label or an alias of one concept, once normalised, from the left."""
    from workforce.skills.linker.lookup import KIND_BONUS
    from workforce.skills.linker.normalize import words_of
    from workforce.skills.linker.variants import variants
    from workforce.skills.taxonomy_files import read_taxonomy

    taxonomy = read_taxonomy()
    named: dict[tuple[str, ...], dict[str, float]] = {}
    for code, texts in taxonomy.skill_aliases.items():
        if taxonomy.skills[code]["status"] != "active":
            continue
        for alias in texts.values():
            for text, kind in ((alias.text, alias.kind), *((other, "variant") for other in variants(alias.text))):
                codes = named.setdefault(words_of(text), {})
                codes[code] = max(codes.get(code, -1.0), KIND_BONUS[kind])
    sure: dict[tuple[str, ...], str] = {}
    for words, codes in named.items():
        best = [code for code, bonus in codes.items() if bonus == max(codes.values())]
        if words and len(best) == 1:  # words for two concepts with the same right are left alone
            sure[words] = best[0]

    def extract(text: str) -> list[Span]:
        tokens = [(m.start(), m.end(), words_of(m.group())) for m in _TOKEN.finditer(text)]
        ends = [n + 1 for n, (a, b) in enumerate(pairwise(tokens)) if _BREAK.search(text, a[1], b[0])]
        found: list[Span] = []
        for first, last in pairwise([0, *ends, len(tokens)]):
            found += _longest(tokens[first:last], sure)
        return found

    return extract


def _longest(tokens: list[tuple[int, int, tuple[str, ...]]], sure: dict[tuple[str, ...], str]) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            run = tokens[at : at + size]
            code = sure.get(tuple(word for _start, _end, words in run for word in words))
            if code:
                yield Span(run[0][0], run[-1][1], code)
                at += size
                break
        else:
            at += 1


def product() -> Extract:
    """The product's extractor, built from the taxonomy's files as the site builds it from the database."""
    from workforce.skills.extracting import extractor_of
    from workforce.skills.taxonomy_files import read_taxonomy

    return extractor_of(read_taxonomy()).extract


def _named(name: str) -> Extract:
    if name == "product":
        return product()
    module, _, attribute = name.partition(":")
    extract: Extract = getattr(importlib.import_module(module), attribute or "extract")
    return extract


def main() -> None:
    """Read, extract, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=(*HALVES, "all"), default="open", help="which texts (open)")
    parser.add_argument("--sealed", action="store_const", const="sealed", dest="half", help="the same as --half sealed")
    parser.add_argument("--misses", action="store_true", help="what was missed and wrong; texts of the open half only")
    parser.add_argument("--extractor", metavar="MODULE:NAME", help="product, or a callable; else the baseline")
    options = parser.parse_args()

    os.environ.setdefault("PUENTE_ENV", "dev")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")
    import django

    django.setup()
    extract = _named(options.extractor) if options.extractor else baseline()
    texts = read_texts(options.half)
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    began = time.perf_counter()
    judged = [judge(text, extracted(extract, text)) for text in texts]
    took = (time.perf_counter() - began) * 1000 / len(texts)
    if options.misses:
        print("\n".join(misses(judged)))
    print(f"{options.extractor or 'baseline'}, half {options.half}, {took:.1f} ms a text")
    print("\n".join(report(judged)))


def extracted(extract: Extract, text: Text) -> list[Found]:
    """Extract; an error inside a sealed text must not carry its words to the terminal."""
    try:
        return [one for one in extract(text["text"]) if getattr(one, "kind", "skill") == "skill"]
    except Exception as error:
        if text["half"] == "sealed":
            sys.exit(f"{text['id']}: the extractor raised {type(error).__name__}; find out on a text of your own.")
        raise


if __name__ == "__main__":
    main()
