"""How well words are linked to concepts: ``python -m benchmarks.linker --data DIR [--part NAME ...]``.

DIR holds ``esco/`` (official CSV files), ``benchmarks/`` (MELO, job titles) and ``mexico/`` (SINCO). Fitted on our
taxonomy with ESCO, imported into a scratch SQLite file (or what DATABASE_URL names, where it is set). Parts:

- melo: O*NET titles to ESCO, all 33,809 labels as corpus. *Concept* metrics count each concept once, by its best label;
  *element* metrics count labels. Without any pair of MELO, and 5-fold: the ranker also learns four fifths of the pairs.
- titles: relevant job titles for a title, MAP over documents, Spanish and English. Nothing of it is learned.
- sinco: SINCO titles to ISCO unit groups by shares summed over a group, 5-fold over titles.
- ``--across``: a fifth of ESCO's occupations lose their names in one language; their names in it are linked among all.
- trust: confidence against truth on names that neither ranker nor calibration saw.
- cost: processor time of a query and memory.

Word and character TF-IDF run beside. Intervals: 95% percentiles of a bootstrap over queries.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from workforce.core.text import fold
from workforce.skills.crosswalks import read_sinco
from workforce.skills.linker.artefact import load_linker
from workforce.skills.linker.cleaning import query_words
from workforce.skills.linker.concepts import LANGUAGES, TaxonomyConcept
from workforce.skills.linker.linking import ConceptLinker, FittedLinker
from workforce.skills.linker.ranker import Example, Ranker
from workforce.skills.linker.side import Side
from workforce.skills.linker.similarity import TextSimilarity
from workforce.skills.linker.training import Supervision, ask, own_examples, questions_of, seeds, supervised

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
DRAWS, SEED = 2_000, 20261125
HELD_OUT = 0.2
TRUSTED = 400  # names asked for the part "trust"
Table = list[list[str]]


@contextmanager
def taxonomy(esco: Path) -> Iterator[dict[str, list[TaxonomyConcept]]]:
    """The concepts of both kinds, from the database named by the environment or one made for this."""
    with tempfile.TemporaryDirectory(prefix="puente-linker-") as folder:
        scratch = "DATABASE_URL" not in os.environ
        os.environ |= {"DJANGO_SETTINGS_MODULE": "workforce.config.settings", "PUENTE_ENV": "dev"}
        os.environ |= {"PUENTE_VAR": folder, "LOG_LEVEL": "ERROR"}
        if scratch:
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/linker.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        from workforce.skills.concepts import CONCEPTS

        if scratch:
            with open(os.devnull, "w", encoding="utf-8") as nowhere:
                call_command("migrate", verbosity=0)
                call_command("load_taxonomy", stdout=nowhere)
                call_command("import_esco", str(esco), stdout=nowhere)
        yield {kind: read() for kind, read in CONCEPTS.items()}


def fitted(kind: str, concepts: dict[str, list[TaxonomyConcept]]) -> FittedLinker:
    """As ``workforce.skills.linking`` fits it."""
    others = next(those for other, those in concepts.items() if other != kind)
    parallel = [(other.preferred("es"), other.preferred("en")) for other in others]
    strange = [label.text for other in others for label in other.labels if label.preferred][:2_000]
    return ConceptLinker(kind).fit(concepts[kind], parallel=parallel, strange=strange)


def table(path: Path) -> Table:
    """Rows of a file with tabs."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def relevant(path: Path) -> dict[str, set[str]]:
    """Documents that are right, by query."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for query, _zero, document, grade in table(path):
        if float(grade) > 0:
            found[query].add(document)
    return found


def interval(values: Sequence[float]) -> str:
    """Mean with its bootstrap interval."""
    given = np.asarray(values, dtype=float)
    draws = np.random.default_rng(SEED).integers(0, len(given), (DRAWS, len(given)))
    low, high = np.percentile(given[draws].mean(axis=1), [2.5, 97.5])
    return f"{given.mean():.3f} ({low:.3f}-{high:.3f})"


def tfidf(texts_a: Sequence[str], texts_b: Sequence[str], **how: Any) -> NDArray[np.float64]:
    """Cosine of plain TF-IDF, the peer of the same run."""
    texts_a, texts_b = [fold(text) for text in texts_a], [fold(text) for text in texts_b]
    model = TfidfVectorizer(sublinear_tf=True, **how).fit([*texts_a, *texts_b])
    return np.asarray((model.transform(texts_a) @ model.transform(texts_b).T).toarray())


def peers(texts_a: Sequence[str], texts_b: Sequence[str]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Word and character TF-IDF."""
    yield "words TF-IDF", tfidf(texts_a, texts_b, analyzer=lambda text: re.findall(r"\w+", text))
    yield "character 2-4-grams TF-IDF", tfidf(texts_a, texts_b, analyzer="char_wb", ngram_range=(2, 4))


def melo(data: Path, linker: FittedLinker) -> None:
    """O*NET titles to ESCO occupations."""
    folder = data / "benchmarks" / "melo_usa_en_en"
    queries, corpus = table(folder / "queries.tsv"), table(folder / "corpus_elements.tsv")
    concept_of = dict(table(folder / "concept_mapping.tsv"))
    right = relevant(folder / "annotations.tsv")
    asked, texts = [text for _id, text in queries], [text for _id, text in corpus]
    uris, place = np.unique([concept_of[name] for name, _text in corpus], return_inverse=True)
    wanted = [{int(np.searchsorted(uris, concept_of[one])) for one in right[name]} for name, _text in queries]

    def tell(name: str, scores: Any) -> None:
        ranks, elements = [], []
        for row, targets in zip(scores, wanted, strict=True):
            best = np.full(len(uris), -np.inf)
            np.maximum.at(best, place, row)
            level = max(best[n] for n in targets)
            ranks.append(1 + (best > level).sum() + ((best == level).sum() - 1) / 2)
            elements.append(1 / (1 + (row > level).sum()))
        at = np.array(ranks)
        print(
            f"melo en-en | {name} | concept MRR {interval(1 / at)} | A@1 {interval(at == 1)} "
            f"| A@10 {interval(at <= 10)} | element MRR {interval(elements)}",
            flush=True,
        )

    for name, scores in peers(asked, texts):
        tell(name, scores)
    similarity = TextSimilarity(linker)
    documents = similarity.vectors(texts, ["en"] * len(texts))
    tell("linker, no pair learned", similarity.compare(similarity.vectors(asked, ["en"] * len(asked)), documents))
    texts_of = dict(corpus)
    codes = [_codes(linker, [texts_of[name] for name in right[query]]) for query, _text in queries]
    learning, _unseen = own_examples(linker.space, "en", seeds()["en"])
    scores = np.zeros((len(queries), len(corpus)), dtype=np.float32)
    for fold_, kept in folds(len(queries)):
        pairs = [Supervision(asked[n], "en", codes=codes[n]) for n in kept]
        ranker = Ranker.fit([*supervised(linker.space, pairs, "en", title=True), *learning])
        learned = TextSimilarity(replace(linker, ranker_en=ranker))
        scores[fold_] = learned.compare(learned.vectors([asked[n] for n in fold_], ["en"] * len(fold_)), documents)
    tell("linker, 5-fold", scores)


def _codes(linker: FittedLinker, names: Sequence[str]) -> tuple[str, ...]:
    """The concept that most of ``names`` are names of."""
    votes: defaultdict[int, int] = defaultdict(int)
    for name in names:
        for concept in linker.space.en.concepts_of_norm.get(" ".join(query_words(name, title=True)), ()):
            votes[concept] += 1
    return (linker.space.codes[max(votes, key=lambda n: votes[n])],) if votes else ()


def folds(size: int) -> Iterator[tuple[list[int], list[int]]]:
    """(asked, learned) of each fold."""
    order = list(range(size))
    random.Random(SEED).shuffle(order)
    for n in range(FOLDS):
        asked = order[n::FOLDS]
        yield asked, sorted(set(order) - set(asked))


def titles(data: Path, linker: FittedLinker) -> None:
    """Job titles that are relevant for a job title."""
    for lang in LANGUAGES:
        folder = data / "benchmarks" / "job_titles" / lang
        queries, corpus = table(folder / "queries.tsv"), table(folder / "corpus_documents.tsv")
        right = relevant(folder / "annotations.tsv")
        asked, texts = [text for _id, text in queries], [text for _id, text in corpus]

        def precision(scores: Any) -> list[float]:
            found = []
            for row, (name, _text) in zip(scores, queries, strict=True):  # noqa: B023 (called within the turn)
                hits = np.array([corpus[n][0] in right[name] for n in np.argsort(-row, kind="stable")])  # noqa: B023
                at = np.flatnonzero(hits) + 1
                found.append(float((np.arange(1, len(at) + 1) / at).sum() / len(right[name])))  # noqa: B023
            return found

        ours = TextSimilarity(linker).matrix(asked, texts, [lang] * len(asked), [lang] * len(texts))
        base: list[float] = []
        for name, scores in [*peers(asked, texts), ("linker", ours)]:
            values = precision(scores)
            more = f" | over characters {interval(np.subtract(values, base))}" if name == "linker" else ""
            base = values
            print(f"titles {lang} | {name} | MAP {interval(values)}{more}", flush=True)


def sinco(data: Path, linker: FittedLinker) -> None:
    """SINCO titles to ISCO unit groups; what the groups are called is known, as with ``fit_linker --sinco``."""
    table = read_sinco(data / "mexico" / "sinco2011_ciuo08.csv")
    targets = {one.text: set(one.groups) for one in table.known}
    asked = sorted(targets)
    space = linker.space
    entitled = [TaxonomyConcept(group, table.titles.get(group, ())) for group in space.groups]
    linker = replace(linker, space=replace(space, titles_es=Side.build("es", entitled)))
    found = [linker.candidates(title, "es") for title in asked]
    groups = np.array([*linker.space.groups, ""])[linker.space.group]
    examples = [
        Example(one.features, np.isin(groups[one.concepts], list(targets[title])))
        for one, title in zip(found, asked, strict=True)
        if one  # every title shares letters with some concept, so none is left out
    ]

    def first(one: FittedLinker, n: int) -> list[str]:
        candidates = found[n]
        return [group for group, _share in one.groups_of(candidates, 10)] if candidates else []

    def tell(name: str, answers: Sequence[list[str]]) -> None:
        right = [bool(set(found[:1]) & targets[title]) for title, found in zip(asked, answers, strict=True)]
        ten = [bool(set(found) & targets[title]) for title, found in zip(asked, answers, strict=True)]
        print(f"sinco-isco | {name} | A@1 {interval(right)} | A@10 {interval(ten)}", flush=True)

    tell("linker, no pair learned", [first(linker, n) for n in range(len(asked))])
    learning, _unseen = own_examples(linker.space, "es", seeds()["es"])
    answers: list[list[str]] = [[] for _ in asked]
    for fold_, kept in folds(len(asked)):
        ranker = Ranker.fit([*(examples[n] for n in kept), *learning])
        learned = replace(linker, ranker_es=ranker)
        for n in fold_:
            answers[n] = first(learned, n)
    tell("linker, 5-fold", answers)


def across(concepts: dict[str, list[TaxonomyConcept]]) -> None:
    """A fifth of the occupations without names in one language, linked from that language."""
    for lang in LANGUAGES:
        rng = random.Random(SEED)
        both = [n for n, one in enumerate(concepts["occupation"]) if one.preferred("es") and one.preferred("en")]
        gone = set(rng.sample(both, int(len(both) * HELD_OUT)))
        cut = [
            replace(
                one,
                labels=tuple(label for label in one.labels if label.lang != lang),
                definitions={key: text for key, text in one.definitions.items() if key != lang},
            )
            if n in gone
            else one
            for n, one in enumerate(concepts["occupation"])
        ]
        linker = fitted("occupation", {**concepts, "occupation": cut})
        ranks = []
        for n in sorted(gone):
            text = concepts["occupation"][n].preferred(lang)
            found = linker.candidates(text, lang)
            scores = linker.ranker(lang).scores(found.features) if found else np.zeros(0)
            at = np.flatnonzero(found.concepts == n) if found else []
            ranks.append(1 + int((scores > scores[at[0]]).sum()) if len(at) else 10_000)
        rank = np.array(ranks)
        print(
            f"across {lang} to {'en' if lang == 'es' else 'es'} | linker | {len(ranks)} concepts among {len(cut)} "
            f"| concept MRR {interval(1 / rank)} | A@1 {interval(rank == 1)} | A@10 {interval(rank <= 10)}",
            flush=True,
        )


def trust(_data: Path, linker: FittedLinker) -> None:
    """How far confidence is to be believed."""
    for lang in LANGUAGES:
        taught = questions_of(linker.space, lang, 1_600, seeds()[lang])
        rng = random.Random(SEED + 7)
        fresh = [n for n in questions_of(linker.space, lang, 10**9, rng) if n not in set(taught)][:TRUSTED]
        examples = [ask(linker.space, lang, n, rng, calibrating=True) for n in fresh]
        said, true, none = [], [], []
        for example in (one for one in examples if one):
            fits, confidence = linker.calibration(lang).of(linker.ranker(lang), example.features)
            best = int(np.argmax(linker.ranker(lang).scores(example.features)))
            said.append(float(confidence[best]))
            true.append(bool(example.right[best]))
            none.append((fits < 0.5) == (not example.right.any()))
        bins = np.minimum((np.array(said) * 10).astype(int), 9)
        gaps = [
            (bins == n).mean() * abs(np.mean(np.array(said)[bins == n]) - np.mean(np.array(true)[bins == n]))
            for n in np.unique(bins)
        ]
        print(
            f"trust {linker.kind} {lang} | {len(said)} names, 4 of 10 without their concept | said {np.mean(said):.3f}"
            f", true {np.mean(true):.3f}, calibration error {sum(gaps):.3f} | 'none of them' right {interval(none)}",
            flush=True,
        )


def cost(_data: Path, linker: FittedLinker) -> None:
    """Processor time of a query, in milliseconds."""
    for lang in LANGUAGES:
        texts = linker.space.preferred(lang)[:: max(1, len(linker.space.codes) // 300)]
        began = time.process_time()
        for text in texts:
            linker.rank(text, 5)
        each = (time.process_time() - began) / len(texts) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"cost {linker.kind} {lang} | {each:.1f} ms of processor a query | peak memory {peak:.0f} MB", flush=True)


PARTS: dict[str, Callable[[Path, FittedLinker], None]] = {
    "melo": melo,
    "titles": titles,
    "sinco": sinco,
    "trust": trust,
    "cost": cost,
}


def main() -> None:
    """Fit once and run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=PARTS, nargs="*", default=list(PARTS))
    parser.add_argument("--across", action="store_true", help="fit twice more, without names in one language")
    parser.add_argument("--kind", choices=("occupation", "skill"), default="occupation", help="for trust and cost")
    parser.add_argument("--saved", type=Path, help="a linker that fit_linker saved, instead of a new fit")
    options = parser.parse_args()
    if options.saved:
        linker = load_linker(options.saved)
        for part in options.part:
            PARTS[part](options.data, linker)
        return
    with taxonomy(options.data / "esco") as concepts:
        busy = time.process_time()
        linker = fitted(options.kind, concepts)
        print(f"fit {options.kind} | {time.process_time() - busy:.0f} s of processor", flush=True)
        for part in options.part:
            PARTS[part](options.data, linker)
        if options.across:
            across(concepts)


if __name__ == "__main__":
    main()
