"""ESCO's skills and occupations with their texts, in chunks, so that memory does not grow with the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from workforce.core.text import fold
from workforce.skills.aliases import alias_texts, too_long
from workforce.skills.choices import AliasKind, ConceptStatus
from workforce.skills.esco.files import Texts, code_of, concepts_of
from workforce.skills.esco.kinds import ESCO, OCCUPATIONS, Kind
from workforce.skills.esco.merging import give_way, owners
from workforce.skills.esco.report import EscoReport
from workforce.skills.linker.gender import split_pair
from workforce.skills.syncing import in_batches, sync_rows

CHUNK = 500  # concepts at a time
MAX_NAME = 200
Advance = Callable[[int], object]
Pair = tuple[Texts, Texts | None]  # English, and Spanish where there is one


def import_concepts(folder: Path, kind: Kind, iscos: frozenset[str], report: EscoReport, advance: Advance) -> None:
    """Bring skills or occupations and their aliases in line with ESCO's files.

    A concept that our own taxonomy links to the same URI keeps our names and gets ESCO's as aliases. ``advance`` is
    told how many rows were done.
    """
    spanish = dict(concepts_of(folder, f"{kind.name}_es"))  # one language is held whole: 5 MB
    owned = owners(kind)
    report.rows[kind.name].removed += give_way(kind, owned)
    merged: defaultdict[int, list[Pair]] = defaultdict(list)  # by our concept; it may take in several of ESCO's
    seen: set[str] = set()
    for chunk in in_batches(concepts_of(folder, f"{kind.name}_en"), CHUNK):
        pairs: dict[str, Pair] = {uri: (english, spanish.pop(uri, None)) for uri, english in chunk}
        report.left_out[f"{kind.name} without Spanish (imported with English alone)"] += sum(
            es is None for _en, es in pairs.values()
        )
        seen |= pairs.keys()
        for uri in pairs.keys() & owned.keys():
            merged[owned[uri]].append(pairs.pop(uri))
        _import_chunk(kind, pairs, iscos, report)
        advance(len(chunk))
    _merge_texts(kind, merged, report)
    report.left_out[f"{kind.name} that stand in the Spanish file alone"] += len(spanish)
    _retire(kind, seen, report)


def _import_chunk(kind: Kind, pairs: dict[str, Pair], iscos: frozenset[str], report: EscoReport) -> None:
    _revive(kind, pairs)
    wanted = {(uri,): _values(kind, uri, *texts, iscos, report) for uri, texts in pairs.items()}
    held = kind.model.objects.filter(esco_uri__in=list(pairs))
    report.rows[kind.name] += sync_rows(held, wanted, key=["esco_uri"], source=ESCO, remove=False)
    aliases = {
        (pk, *key): values
        for pk, uri in held.order_by("pk").values_list("pk", "esco_uri")
        for key, values in _aliases(kind, *pairs[uri], report)
    }
    _sync_aliases(kind, {key[0] for key in aliases}, aliases, report)


def _merge_texts(kind: Kind, merged: dict[int, list[Pair]], report: EscoReport) -> None:
    """Let ESCO's texts lead to our concepts; what leads to another concept of ours is left to that one."""
    rows = kind.alias.objects.exclude(source=ESCO).filter(**{f"{kind.owner}__in": kind.model.objects.active()})
    taken = {(lang, norm): pk for pk, lang, norm in rows.order_by("pk").values_list(f"{kind.owner}_id", "lang", "norm")}
    aliases: dict[tuple[Any, ...], dict[str, Any]] = {}
    for pk, pairs in sorted(merged.items()):
        for english, spanish in sorted(pairs, key=lambda pair: pair[0].label):
            for key, values in _aliases(kind, english, spanish, report):
                if taken.get(key, pk) != pk:
                    report.left_out[f"{kind.owner} aliases that our own taxonomy gives to another"] += 1
                    continue
                if values["kind"] == AliasKind.LABEL:  # ours keeps its label
                    values |= {"kind": AliasKind.ALIAS.value}
                taken[key] = pk
                aliases.setdefault((pk, *key), values)
    ours = kind.model.objects.exclude(source=ESCO).values_list("pk", flat=True)
    _sync_aliases(kind, ours, aliases, report)
    report.left_out[f"{kind.name} merged into our own"] += sum(len(pairs) for pairs in merged.values())


def _sync_aliases(kind: Kind, pks: Iterable[int], aliases: dict[Any, Any], report: EscoReport) -> None:
    """Bring ESCO's texts of the concepts ``pks`` in line; those of our own and of staff stay."""
    for batch in in_batches(sorted(pks), CHUNK):
        among = set(batch)
        held = kind.alias.objects.filter(**{f"{kind.owner}_id__in": batch})
        wanted = {key: values for key, values in aliases.items() if key[0] in among}
        report.rows[f"{kind.owner} aliases"] += sync_rows(
            held, wanted, key=[f"{kind.owner}_id", "lang", "norm"], source=ESCO
        )


def _revive(kind: Kind, pairs: dict[str, Any]) -> None:
    """Give a concept its URI back whose code is still there, because our own taxonomy had taken the URI for a while."""
    codes = {code_of(uri): uri for uri in pairs}
    for row in kind.model.objects.filter(code__in=codes, esco_uri=None).order_by("pk"):
        if not kind.model.objects.filter(esco_uri=codes[row.code]).exists():
            kind.model.objects.filter(pk=row.pk).update(esco_uri=codes[row.code])


def _values(
    kind: Kind, uri: str, english: Texts, spanish: Texts | None, iscos: frozenset[str], report: EscoReport
) -> dict[str, Any]:
    """The columns of one concept."""
    values: dict[str, Any] = {"code": code_of(uri), "status": ConceptStatus.ACTIVE.value, "successor_id": None}
    for lang, texts in (("en", english), ("es", spanish)):
        values[f"{kind.label}_{lang}"] = _name(texts.label, kind, report) if texts else None
        values[f"description_{lang}"] = texts.description if texts else None
    if kind is OCCUPATIONS:
        isco = english.isco
        if isco and isco not in iscos:
            report.left_out["ISCO codes of occupations that are no ISCO group"] += 1
        values["isco"] = isco if isco in iscos else ""
    return values


def _name(label: str, kind: Kind, report: EscoReport) -> str:
    """A label that fits: of a gender pair that is too long the first form, else cut at a word."""
    if len(label) <= MAX_NAME:
        return label
    report.left_out[f"{kind.name} whose name was shortened"] += 1
    first = split_pair(label)[0]
    return first if len(first) <= MAX_NAME else first[:MAX_NAME].rsplit(" ", 1)[0]


def _aliases(
    kind: Kind, english: Texts, spanish: Texts | None, report: EscoReport
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield ((language, folded text), columns) of each text of one concept."""
    texts = {lang: said for lang, said in (("en", english), ("es", spanish)) if said}
    labels = {lang: said.label for lang, said in texts.items()}
    others = [(lang, alt) for lang, said in texts.items() for alt in said.alts]
    report.left_out[f"{kind.owner} aliases that are too long"] += sum(
        too_long(form) for lang, text in [*labels.items(), *others] for form in split_pair(text)
    )
    found = alias_texts(labels, others, titles=kind.titles)
    for key, alias in found.items():
        yield key, {"text": alias.text, "kind": alias.kind}
    for lang, said in texts.items():
        for text in said.hidden:
            key = (lang, fold(text))
            if key[1] and key not in found and not too_long(text):
                yield key, {"text": text, "kind": AliasKind.HIDDEN.value}


def _retire(kind: Kind, seen: set[str], report: EscoReport) -> None:
    """Take concepts out of use that ESCO no longer has; people and roles may hold them, so no row is removed."""
    active = kind.model.objects.active().filter(source=ESCO).order_by("pk").values_list("pk", "esco_uri")
    gone = [pk for pk, uri in active.iterator() if uri not in seen]
    for batch in in_batches(gone):
        kind.model.objects.filter(pk__in=batch).update(status=ConceptStatus.RETIRED)
    for pk in gone:
        kind.tell_retired(pk, None)
    report.rows[kind.name].removed += len(gone)
