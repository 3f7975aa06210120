"""Bring the database in line with our own taxonomy's files, in one transaction; what is right stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from workforce.skills.choices import ChangeCause, ConceptKind, ConceptSource, ConceptStatus, LinkMatch
from workforce.skills.esco.kinds import OCCUPATIONS, SKILLS, Kind
from workforce.skills.esco.merging import give_way, owners
from workforce.skills.events import credential_retired, occupation_retired, skill_retired
from workforce.skills.history import Recorder
from workforce.skills.models import (
    Category,
    Credential,
    CredentialSkill,
    Occupation,
    OccupationSkill,
    Skill,
    SkillRelation,
    TaxonomyState,
)
from workforce.skills.services import STATE_PK, bump_taxonomy
from workforce.skills.syncing import Key, Tally, Told, Values, sync_rows
from workforce.skills.taxonomy_files import FOLDER, Aliases, Row, Taxonomy, read_taxonomy

OWN = ConceptSource.PUENTE.value
# What staff changed by hand stays as they left it.
OVER = frozenset({ConceptSource.ESCO.value, ConceptSource.LEARNED.value})
Report = dict[str, Tally]
Wanted = dict[Key, dict[str, Any]]


def load_taxonomy(folder: Path = FOLDER) -> Report:
    """Load the CSV files of ``folder`` and return what was done, by kind of row. Loading twice changes nothing.

    Files are checked first: DataFileError names file and line of every fault, and then nothing is written. Rows of ESCO
    and of staff are left alone. Concepts no longer listed are retired, never removed: people and roles may hold them.
    """
    taxonomy = read_taxonomy(folder)
    with translation.override("es"), transaction.atomic():
        TaxonomyState.objects.get_or_create(pk=STATE_PK)
        TaxonomyState.objects.select_for_update().get(pk=STATE_PK)  # two loads wait for each other
        load = _Load(taxonomy)
        load.run()
        if any(tally.touched for tally in load.report.values()):
            bump_taxonomy()
        load.recorder.save()
    return load.report


@dataclass
class _Load:
    """One load: what the files say, what was there before, and what was done."""

    taxonomy: Taxonomy
    report: Report = field(default_factory=dict)
    recorder: Recorder = field(default_factory=lambda: Recorder(ChangeCause.LOAD))
    known: dict[Any, dict[int, str]] = field(init=False)  # codes by primary key, before the load
    in_use: dict[Any, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        models: tuple[Any, ...] = (Skill, Occupation, Credential)
        self.known = {model: dict(model.objects.values_list("pk", "code")) for model in models}
        self.in_use = {model: set(model.objects.active().values_list("pk", flat=True)) for model in models}

    def run(self) -> None:
        """Load everything: concepts, then what belongs to them, then tell who holds what is no longer used."""
        taxonomy = self.taxonomy
        names = {(code,): _only(row, "name_es", "name_en") for code, row in taxonomy.categories.items()}
        told = self.recorder.columns(ConceptKind.CATEGORY, lambda column: {})
        self.report["categories"] = sync_rows(Category.objects.all(), names, key=["code"], remove=False, told=told)
        self._skills()
        skills = _ids(Skill, taxonomy.skills)
        self._aliases("skill aliases", SKILLS, taxonomy.skill_aliases, skills)
        self._relations(skills)
        self._links("links to ESCO", SKILLS, taxonomy.skill_links, skills)
        self._occupations()
        occupations = _ids(Occupation, taxonomy.occupations)
        self._aliases("occupation aliases", OCCUPATIONS, taxonomy.occupation_aliases, occupations)
        self._links("links of occupations to ESCO", OCCUPATIONS, taxonomy.occupation_links, occupations)
        self._occupation_skills(occupations, skills)
        self._credentials()
        self._credential_skills(_ids(Credential, taxonomy.credentials), skills)
        self._tell_retired()

    def _concepts(self, model: Any, kind: ConceptKind, wanted: Wanted, rows: Mapping[str, Row]) -> Tally:
        """Load one kind of concept, then what points to others of its kind, then retire what is no longer listed."""
        table = model.objects.all()
        told = self.recorder.columns(kind, cache(lambda column: _codes_of(model, column)))
        tally = sync_rows(table, wanted, key=["code"], source=OWN, over=OVER, remove=False, told=told)
        ids = _ids(model, rows)
        columns = [column for column in ("broader", "successor") if column in next(iter(rows.values()), {})]
        others: Wanted = {
            (code,): {f"{column}_id": ids.get(row[column]) for column in columns} for code, row in rows.items()
        }
        linked = sync_rows(
            table, others, key=["code"], source=OWN, over=OVER, remove=False, told=self._but_new(model, told)
        )
        tally.changed += 0 if tally.added else linked.changed
        gone = model.objects.active().filter(source=OWN).exclude(code__in=rows)
        for code in gone.order_by("code").values_list("code", flat=True):
            self.recorder.changed(kind, code, "status", ConceptStatus.ACTIVE.value, ConceptStatus.RETIRED.value)
        tally.removed += gone.update(status=ConceptStatus.RETIRED)
        return tally

    def _but_new(self, model: Any, told: Told) -> Told:
        """Leave out concepts that are new in this load."""
        known = set(self.known[model].values())

        def of_known(key: Key, before: Values | None, after: Values | None) -> None:
            if key[0] in known:
                told(key, before, after)

        return of_known

    def _skills(self) -> None:
        taxonomy = self.taxonomy
        categories = _ids(Category, taxonomy.categories)
        uris = self._own_uris()
        texts = ("label_es", "label_en", "description_es", "description_en", "status")
        wanted: Wanted = {
            (code,): _only(row, *texts) | {"category_id": categories[row["category"]], "esco_uri": uris.get(code)}
            for code, row in taxonomy.skills.items()
        }
        self.report["skills"] = self._concepts(Skill, ConceptKind.SKILL, wanted, taxonomy.skills)

    def _own_uris(self) -> dict[str, str]:
        """The one URI of each skill in use, by code; whoever else of ours or ESCO's holds it now gives it up.

        What staff gave to another skill stays there. A skill that is out of use has none.
        """
        rows = self.taxonomy.skills.items()
        uris = {r["esco_uri"]: code for code, r in rows if r["esco_uri"] and r["status"] == ConceptStatus.ACTIVE}
        for skill in Skill.objects.filter(esco_uri__in=uris).order_by("pk"):
            if uris[skill.esco_uri] == skill.code:
                continue
            if skill.source == ConceptSource.STAFF:
                del uris[skill.esco_uri]
            else:
                Skill.objects.filter(pk=skill.pk).update(esco_uri=None)
        return {code: uri for uri, code in uris.items()}

    def _aliases(self, name: str, kind: Kind, aliases: Aliases, ids: dict[str, int]) -> None:
        wanted: Wanted = {
            (ids[code], lang, norm): {"text": alias.text, "kind": alias.kind}
            for code, texts in aliases.items()
            for (lang, norm), alias in texts.items()
        }
        held = kind.alias.objects.filter(**{f"{kind.owner}_id__in": list(ids.values())})
        told = self.recorder.rows_of(
            ConceptKind(kind.owner), self.known[kind.model], lambda key: f"alias:{key[1]}", lambda key, row: row["text"]
        )
        self.report[name] = sync_rows(
            held, wanted, key=[f"{kind.owner}_id", "lang", "norm"], source=OWN, over=OVER, told=told
        )

    def _relations(self, skills: dict[str, int]) -> None:
        codes = {pk: code for code, pk in skills.items()}
        wanted: Wanted = {
            (skills[a], skills[b]): {"strength": value} for (a, b), value in self.taxonomy.relations.items()
        }
        told = self.recorder.rows_of(
            ConceptKind.SKILL,
            self.known[Skill],
            lambda key: f"covers:{codes.get(key[1], key[1])}",
            lambda key, row: f"{row['strength']:.2f}",
        )
        self.report["relations"] = sync_rows(
            SkillRelation.objects.all(),
            wanted,
            key=["source_skill_id", "target_skill_id"],
            source=OWN,
            over=OVER,
            told=told,
        )

    def _links(self, name: str, kind: Kind, links: dict[tuple[str, str], str], ids: dict[str, int]) -> None:
        """Load links to ESCO; ESCO's concepts that are now (nearly) the same as ours give way."""
        staff = kind.link.objects.filter(source=ConceptSource.STAFF)
        theirs = set(staff.values_list(f"{kind.owner}_id", "uri"))
        claimed = dict(staff.exclude(match=LinkMatch.BROAD).values_list("uri", f"{kind.owner}_id"))
        wanted: Wanted = {}
        for (code, uri), match in links.items():
            pk = ids[code]
            if (pk, uri) in theirs or (match != LinkMatch.BROAD and claimed.get(uri, pk) != pk):
                continue  # staff said otherwise
            # The match is part of the key: a changed link is removed and made anew, so that the URI is free between.
            wanted[(pk, uri, match)] = {}
        told = self.recorder.rows_of(
            ConceptKind(kind.owner), self.known[kind.model], lambda key: f"link:{key[1]}", lambda key, row: key[2]
        )
        self.report[name] = sync_rows(
            kind.link.objects.all(),
            wanted,
            key=[f"{kind.owner}_id", "uri", "match"],
            source=OWN,
            over=OVER,
            told=told,
        )
        give_way(kind, owners(kind))

    def _occupations(self) -> None:
        texts = ("title_es", "title_en", "description_es", "description_en", "isco", "sinco", "soc", "status")
        rows = self.taxonomy.occupations
        wanted: Wanted = {(code,): _only(row, *texts) | {"level": int(row["level"])} for code, row in rows.items()}
        self.report["occupations"] = self._concepts(Occupation, ConceptKind.OCCUPATION, wanted, rows)

    def _occupation_skills(self, occupations: dict[str, int], skills: dict[str, int]) -> None:
        wanted: Wanted = {
            (occupations[o], skills[s]): {"essential": essential, "level": level}
            for (o, s), (essential, level) in self.taxonomy.occupation_skills.items()
        }
        self.report["occupation skills"] = sync_rows(
            OccupationSkill.objects.all(),
            wanted,
            key=["occupation_id", "skill_id"],
            source=OWN,
            over=OVER,
            told=self._skill_told(ConceptKind.OCCUPATION, Occupation, skills),
        )

    def _skill_told(self, kind: ConceptKind, model: Any, skills: dict[str, int]) -> Told:
        codes = {pk: code for code, pk in skills.items()}

        def text(key: Key, row: Values) -> str:
            return ", ".join(f"{name} {int(value)}" for name, value in sorted(row.items()))

        return self.recorder.rows_of(kind, self.known[model], lambda key: f"skill:{codes.get(key[1], key[1])}", text)

    def _credentials(self) -> None:
        texts = ("name_es", "name_en", "description_es", "description_en", "kind", "issuer", "standard", "status")
        rows = self.taxonomy.credentials
        wanted: Wanted = {
            (code,): _only(row, *texts) | {"valid_months": int(row["valid_months"] or 0) or None}
            for code, row in rows.items()
        }
        self.report["credentials"] = self._concepts(Credential, ConceptKind.CREDENTIAL, wanted, rows)

    def _credential_skills(self, credentials: dict[str, int], skills: dict[str, int]) -> None:
        wanted: Wanted = {
            (credentials[c], skills[s]): {"level": level} for (c, s), level in self.taxonomy.credential_skills.items()
        }
        self.report["credential skills"] = sync_rows(
            CredentialSkill.objects.all(),
            wanted,
            key=["credential_id", "skill_id"],
            source=OWN,
            over=OVER,
            told=self._skill_told(ConceptKind.CREDENTIAL, Credential, skills),
        )

    def _tell_retired(self) -> None:
        """Tell of each concept that was in use and no longer is, so that people and roles get its successor."""
        signals = ((Skill, skill_retired), (Occupation, occupation_retired), (Credential, credential_retired))
        for model, signal in signals:
            # ESCO's concepts that gave way to ours were told of when they did.
            retired = (
                model.objects.filter(status=ConceptStatus.RETIRED).exclude(source=ConceptSource.ESCO).order_by("pk")
            )
            for pk, successor in retired.values_list("pk", "successor_id"):
                if pk in self.in_use[model]:
                    signal.send(sender=model, **{f"{model.__name__.lower()}_id": pk}, successor_id=successor)


def _codes_of(model: Any, column: str) -> dict[int, str]:
    """Codes of what a column ``..._id`` of a concept may point to: a category, or another concept of its kind."""
    return dict((Category if column == "category_id" else model).objects.values_list("pk", "code"))


def _only(row: Row, *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in columns}


def _ids(model: Any, codes: Iterable[str]) -> dict[str, int]:
    """Primary keys by code."""
    held = dict(model.objects.values_list("code", "pk"))
    return {code: held[code] for code in codes}
