"""Check the whole taxonomy of the files, and count it: what ``manage.py check_taxonomy`` and ``make check`` say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workforce.skills.aliases import AliasText
from workforce.skills.choices import AliasKind, ConceptStatus
from workforce.skills.csvfiles import read_rows
from workforce.skills.proofreading import faults_of, spanish_faults
from workforce.skills.taxonomy_files import BOTH, FOLDER, Aliases, Row, Taxonomy, read_taxonomy

TEXTS = ("label", "title", "name", "description")


@dataclass(frozen=True)
class Checked:
    """What was found: rows by kind, and faults in words."""

    counts: dict[str, int]
    faults: list[str]


def check_taxonomy(folder: Path = FOLDER, esco: Path | None = None, mexico: Path | None = None) -> Checked:
    """Read, check, proofread and count the files of ``folder``.

    Where their folders are given, links and ISCO groups are held against ``esco`` (its official CSV files), groups of
    SINCO and standards of CONOCER against ``mexico`` (``sinco2011_codes``, ``sinco2011_ciuo08``,
    ``conocer_standards``).

    Raises DataFileError when the files do not hang together.
    """
    taxonomy = read_taxonomy(folder)
    faults = [*_proofread(taxonomy), *_orphans(taxonomy)]
    if esco is not None:
        faults += _unknown_links(taxonomy, esco)
    counts = _counts(taxonomy)
    if mexico is not None:
        faults += _unknown_codes(taxonomy, mexico)
        counts |= _official_pairs(taxonomy, mexico)
    return Checked(counts, faults)


def _counts(taxonomy: Taxonomy) -> dict[str, int]:
    listed = {code: row for code, row in taxonomy.skills.items() if row["status"] == ConceptStatus.ACTIVE}
    occupations = [row for row in taxonomy.occupations.values() if row["status"] == ConceptStatus.ACTIVE]
    matches = Counter(taxonomy.skill_links.values())
    return {
        "categories": len(taxonomy.categories),
        "skills": len(listed),
        "skills retired": len(taxonomy.skills) - len(listed),
        "skill aliases": _alias_count(taxonomy.skill_aliases),
        "wordings of vacancies": sum(
            alias.kind == AliasKind.HIDDEN for texts in taxonomy.skill_aliases.values() for alias in texts.values()
        ),
        "skills with two aliases or more in each language": sum(
            all(_aliases_in(taxonomy.skill_aliases[code], lang) >= 2 for lang in BOTH) for code in listed
        ),
        "relations": len(taxonomy.relations),
        "skills linked to ESCO": len({skill for skill, _uri in taxonomy.skill_links}),
        **{f"links to ESCO: {match}": matches[match] for match in ("exact", "close", "broad")},
        "occupations": len(occupations),
        "occupation aliases": _alias_count(taxonomy.occupation_aliases),
        "occupations with ISCO-08": sum(bool(row["isco"]) for row in occupations),
        "occupations with SINCO": sum(bool(row["sinco"]) for row in occupations),
        "occupations with US SOC": sum(bool(row["soc"]) for row in occupations),
        "skills of occupations": len(taxonomy.occupation_skills),
        "occupations linked to ESCO": len({code for code, _uri in taxonomy.occupation_links}),
        "credentials": sum(row["status"] == ConceptStatus.ACTIVE for row in taxonomy.credentials.values()),
        "credentials with a standard of CONOCER": sum(bool(row["standard"]) for row in taxonomy.credentials.values()),
        "skills of credentials": len(taxonomy.credential_skills),
    }


def _alias_count(aliases: Aliases) -> int:
    return sum(_aliases_in(texts, lang) for texts in aliases.values() for lang in BOTH)


def _aliases_in(texts: dict[tuple[str, str], AliasText], lang: str) -> int:
    return sum(alias.lang == lang and alias.kind == AliasKind.ALIAS for alias in texts.values())


def _proofread(taxonomy: Taxonomy) -> Iterator[str]:
    groups: dict[str, dict[str, Row]] = {
        "categories": taxonomy.categories,
        "skills": taxonomy.skills,
        "occupations": taxonomy.occupations,
        "credentials": taxonomy.credentials,
    }
    for name, rows in groups.items():
        for code, row in rows.items():
            texts = {column: text for column, text in row.items() if column.rsplit("_", 1)[0] in TEXTS}
            yield from (f"{name}: {code}: {fault}" for fault in faults_of(texts))
    for name, held in (("aliases", taxonomy.skill_aliases), ("occupation_aliases", taxonomy.occupation_aliases)):
        for code, aliases in held.items():
            for (lang, _norm), alias in aliases.items():
                if lang == "es" and alias.kind != AliasKind.LABEL:
                    yield from (f"{name}: {code}: {fault}" for fault in spanish_faults(alias.text))


def _orphans(taxonomy: Taxonomy) -> Iterator[str]:
    """Yield what nothing leads to or from: matching could never use it."""
    joined = {code for pair in taxonomy.relations for code in pair}
    joined |= {skill for _occupation, skill in taxonomy.occupation_skills}
    joined |= {row["broader"] for row in taxonomy.skills.values()}
    for code, row in taxonomy.skills.items():
        if row["status"] == ConceptStatus.ACTIVE and code not in joined and not row["broader"]:
            yield f"skills: {code}: no relation, no broader skill, no occupation"
    needing = {
        occupation for (occupation, _skill), (essential, _level) in taxonomy.occupation_skills.items() if essential
    }
    for code in taxonomy.occupations:
        if code not in needing:
            yield f"occupations: {code}: no essential skill"
    proving = {credential for credential, _skill in taxonomy.credential_skills}
    for code in taxonomy.credentials:
        if code not in proving:
            yield f"credentials: {code}: proves no skill"


def _unknown_links(taxonomy: Taxonomy, esco: Path) -> Iterator[str]:
    linked = {(code, row["esco_uri"]) for code, row in taxonomy.skills.items() if row["esco_uri"]}
    for name, pairs in (("skills", linked | set(taxonomy.skill_links)), ("occupations", taxonomy.occupation_links)):
        known = _column(esco / f"{name}_en.csv", "conceptUri")
        yield from (
            f"{name[:-1]}_links: {code}: {uri} is not in ESCO" for code, uri in sorted(pairs) if uri not in known
        )
    groups = _column(esco / "ISCOGroups_en.csv", "code")
    for code, row in taxonomy.occupations.items():
        if row["isco"] not in groups:
            yield f"occupations: {code}: isco {row['isco']} is no group of ISCO-08"


def _unknown_codes(taxonomy: Taxonomy, mexico: Path) -> Iterator[str]:
    sinco = _column(mexico / "sinco2011_codes.csv", "codigo")
    for code, row in taxonomy.occupations.items():
        if row["sinco"] not in sinco:
            yield f"occupations: {code}: sinco {row['sinco']} is no group of SINCO"
    standards = _column(mexico / "conocer_standards.csv", "code")
    for code, row in taxonomy.credentials.items():
        if row["standard"] and row["standard"] not in standards:
            yield f"credentials: {code}: {row['standard']} is no standard of CONOCER"


def _official_pairs(taxonomy: Taxonomy, mexico: Path) -> dict[str, int]:
    rows = read_rows(mexico / "sinco2011_ciuo08.csv", ("sinco", "target"))
    pairs = {(row["sinco"], row["target"]) for _line, row in rows}
    found = sum((row["sinco"], row["isco"]) in pairs for row in taxonomy.occupations.values())
    return {"occupations whose SINCO and ISCO-08 stand as a pair in INEGI's table": found}


def _column(path: Path, name: str) -> set[str]:
    return {row[name] for _line, row in read_rows(path, (name,))}
