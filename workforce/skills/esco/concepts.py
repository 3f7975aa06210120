"""ESCO's skills and occupations with their texts, in chunks, so that memory does not grow with the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workforce.core.text import fold
from workforce.skills.aliases import alias_texts, too_long
from workforce.skills.choices import AliasKind, ConceptSource, ConceptStatus
from workforce.skills.esco.files import Texts, code_of, concepts_of
from workforce.skills.esco.report import EscoReport
from workforce.skills.events import skill_retired
from workforce.skills.linker.gender import split_pair
from workforce.skills.models import Occupation, OccupationAlias, Skill, SkillAlias
from workforce.skills.syncing import in_batches, sync_rows

ESCO = ConceptSource.ESCO.value
CHUNK = 500  # concepts at a time
MAX_NAME = 200
Advance = Callable[[int], object]


@dataclass(frozen=True)
class Kind:
    """How a kind of concept is stored."""

    name: str
    model: Any
    alias: Any
    owner: str
    label: str
    titles: bool


SKILLS = Kind("skills", Skill, SkillAlias, "skill", "label", titles=False)
OCCUPATIONS = Kind("occupations", Occupation, OccupationAlias, "occupation", "title", titles=True)


def import_concepts(folder: Path, kind: Kind, iscos: frozenset[str], report: EscoReport, advance: Advance) -> None:
    """Bring skills or occupations and their aliases in line with ESCO's files.

    A concept that our own taxonomy links to the same URI keeps our names and gets ESCO's as aliases. ``advance`` is
    told how many rows were done.
    """
    spanish = dict(concepts_of(folder, f"{kind.name}_es"))  # one language is held whole: 5 MB
    taken = _own_texts(kind)
    seen: set[str] = set()
    for chunk in in_batches(concepts_of(folder, f"{kind.name}_en"), CHUNK):
        pairs = {uri: (english, spanish.pop(uri, None)) for uri, english in chunk}
        report.left_out[f"{kind.name} without Spanish (imported with English alone)"] += sum(
            es is None for _en, es in pairs.values()
        )
        seen |= pairs.keys()
        _import_chunk(kind, pairs, iscos, taken, report)
        advance(len(chunk))
    report.left_out[f"{kind.name} that stand in the Spanish file alone"] += len(spanish)
    _retire(kind, seen, report)


def _own_texts(kind: Kind) -> dict[tuple[str, str], int]:
    """Texts that our own taxonomy or staff give to a concept: ESCO's must not lead elsewhere through ours."""
    rows = kind.alias.objects.exclude(source=ESCO).order_by("pk")
    return {(lang, norm): pk for pk, lang, norm in rows.values_list(f"{kind.owner}_id", "lang", "norm")}


def _import_chunk(
    kind: Kind,
    pairs: dict[str, tuple[Texts, Texts | None]],
    iscos: frozenset[str],
    taken: dict[tuple[str, str], int],
    report: EscoReport,
) -> None:
    _revive(kind, pairs)
    wanted = {(uri,): _values(kind, uri, *texts, iscos, report) for uri, texts in pairs.items()}
    held = kind.model.objects.filter(esco_uri__in=list(pairs))
    report.rows[kind.name] += sync_rows(held, wanted, key=["esco_uri"], source=ESCO, remove=False)
    rows = list(held.order_by("pk").values_list("pk", "esco_uri", "source"))
    aliases: dict[tuple[Any, ...], dict[str, Any]] = {}
    for pk, uri, source in rows:
        for key, values in _aliases(kind, *pairs[uri], report):
            if source != ESCO:  # ours keeps its label
                if taken.get(key, pk) != pk:
                    report.left_out[f"{kind.owner} aliases that our own taxonomy gives to another"] += 1
                    continue
                values |= {"kind": AliasKind.ALIAS.value} if values["kind"] == AliasKind.LABEL else {}
            aliases[(pk, *key)] = values
    held_aliases = kind.alias.objects.filter(**{f"{kind.owner}_id__in": [pk for pk, _uri, _source in rows]})
    report.rows[f"{kind.owner} aliases"] += sync_rows(
        held_aliases, aliases, key=[f"{kind.owner}_id", "lang", "norm"], source=ESCO
    )
    report.left_out[f"{kind.name} merged into our own"] += sum(source != ESCO for _pk, _uri, source in rows)


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
    values: dict[str, Any] = {"code": code_of(uri), "status": ConceptStatus.ACTIVE.value}
    for lang, texts in (("en", english), ("es", spanish)):
        values[f"{kind.label}_{lang}"] = _name(texts.label, kind, report) if texts else None
        values[f"description_{lang}"] = texts.description if texts else None
    if kind is OCCUPATIONS:
        isco = english.isco
        if isco and isco not in iscos:
            report.left_out["ISCO codes of occupations that are no ISCO group"] += 1
        values["isco"] = isco if isco in iscos else ""
    else:
        values["successor_id"] = None
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
    if kind is SKILLS:
        for pk in gone:
            skill_retired.send(sender=Skill, skill_id=pk, successor_id=None)
    report.rows[kind.name].removed += len(gone)
