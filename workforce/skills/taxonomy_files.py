"""Read our own taxonomy's CSV files and check that they hang together; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workforce.core.choices import Language, SkillLevel
from workforce.core.text import fold
from workforce.skills.aliases import AliasText, alias_texts, too_long
from workforce.skills.choices import AliasKind, ConceptStatus, CredentialKind, LinkMatch
from workforce.skills.csvfiles import Faults, read_rows

FOLDER = Path(__file__).parent / "taxonomy"
BOTH = ("es", "en")
COLUMNS = {
    "categories": ("code", "name_es", "name_en"),
    "skills": (
        *("code", "category", "broader", "label_es", "label_en", "description_es", "description_en"),
        *("esco_uri", "status", "successor"),
    ),
    "aliases": ("skill", "lang", "text", "ambiguous"),
    "wordings": ("skill", "lang", "text"),
    "relations": ("from", "to", "strength"),
    "skill_links": ("skill", "uri", "match"),
    "occupations": (
        *("code", "title_es", "title_en", "description_es", "description_en", "isco", "sinco", "soc", "level"),
        *("status", "successor"),
    ),
    "occupation_aliases": ("occupation", "lang", "text", "ambiguous"),
    "occupation_links": ("occupation", "uri", "match"),
    "occupation_skills": ("occupation", "skill", "essential", "level"),
    "credentials": (
        *("code", "name_es", "name_en", "description_es", "description_en", "kind", "issuer", "valid_months"),
        *("standard", "status", "successor"),
    ),
    "credential_skills": ("credential", "skill", "level"),
}
STANDARD = re.compile(r"EC\d{4}(\.\d{2})?")  # CONOCER's standards of competence
Row = dict[str, str]
Lines = dict[tuple[str, str, str], tuple[str, int]]  # file and line of a text, by (concept, language, folded text)
Aliases = dict[str, dict[tuple[str, str], AliasText]]  # by concept code, then (language, folded text)


@dataclass
class Taxonomy:
    """What the files say, checked; rows by code or by pair of codes."""

    categories: dict[str, Row] = field(default_factory=dict)
    skills: dict[str, Row] = field(default_factory=dict)
    skill_aliases: Aliases = field(default_factory=dict)
    relations: dict[tuple[str, str], float] = field(default_factory=dict)
    skill_links: dict[tuple[str, str], str] = field(default_factory=dict)  # how near, by (skill, URI)
    occupations: dict[str, Row] = field(default_factory=dict)
    occupation_aliases: Aliases = field(default_factory=dict)
    occupation_links: dict[tuple[str, str], str] = field(default_factory=dict)
    occupation_skills: dict[tuple[str, str], tuple[bool, int]] = field(default_factory=dict)
    credentials: dict[str, Row] = field(default_factory=dict)
    credential_skills: dict[tuple[str, str], int] = field(default_factory=dict)


def read_taxonomy(folder: Path = FOLDER) -> Taxonomy:
    """Read and check every file of ``folder``; raises DataFileError with file and line of each fault."""
    reader = _Reader(folder)
    taxonomy = reader.read()
    reader.faults.refuse()
    return taxonomy


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = Faults()
        self.taxonomy = Taxonomy()

    def read(self) -> Taxonomy:
        found = self.taxonomy
        found.categories = self._concepts("categories", ("name",))
        found.skills = self._concepts("skills", ("label", "description"))
        found.occupations = self._concepts("occupations", ("title", "description"))
        found.credentials = self._concepts("credentials", ("name", "description"))
        self._check_skills()
        self._check_others()
        found.skill_aliases = self._aliases("aliases", "skill", found.skills, "label", titles=False)
        found.occupation_aliases = self._aliases(
            "occupation_aliases", "occupation", found.occupations, "title", titles=True
        )
        found.relations = dict(self._relations())
        found.skill_links = dict(self._esco_links("skill", found.skills))
        found.occupation_links = dict(self._esco_links("occupation", found.occupations))
        self._check_uris()
        self._links()
        return found

    def _rows(self, name: str) -> Iterator[tuple[int, Row]]:
        return read_rows(self.folder / f"{name}.csv", COLUMNS[name])

    def _concepts(self, name: str, texts: tuple[str, ...]) -> dict[str, Row]:
        """Read rows by code; codes once, texts in both languages."""
        rows: dict[str, Row] = {}
        for line, row in self._rows(name):
            code = row["code"]
            if not code or code in rows:
                self._fault(name, line, f"the code “{code}” is there twice." if code else "there is no code.")
            for text in texts:
                for lang in BOTH:
                    if not row[f"{text}_{lang}"]:
                        self._fault(name, line, f"{text}_{lang} of “{code}” is empty.")
            rows[code] = row | {"line": str(line)}
        return rows

    def _fault(self, name: str, line: int, what: str) -> None:
        self.faults.add(f"{name}.csv", line, what)

    def _known(self, name: str, line: int, column: str, code: str, rows: dict[str, Row]) -> bool:
        if code in rows:
            return True
        self._fault(name, line, f"{column} “{code}” is not known.")
        return False

    def _check_skills(self) -> None:
        skills, uris = self.taxonomy.skills, dict[str, str]()
        for code, row in skills.items():
            line = int(row["line"])
            self._known("skills", line, "category", row["category"], self.taxonomy.categories)
            self._above("skills", code, "broader", skills)
            if row["esco_uri"] and uris.setdefault(row["esco_uri"], code) != code:
                self._fault("skills", line, f"“{uris[row['esco_uri']]}” has the same esco_uri.")
        self._check_status("skills", skills)

    def _above(self, name: str, code: str, column: str, rows: dict[str, Row]) -> None:
        """Check what a concept is under or followed by: known, another one, and no circle."""
        line = int(rows[code]["line"])
        if rows[code][column]:
            self._known(name, line, column, rows[code][column], rows)
        if rows[code][column] == code:
            self._fault(name, line, f"“{code}” is its own {column}.")
        elif _in_a_circle(code, column, rows):
            self._fault(name, line, f"“{code}” is above or after itself in a circle.")

    def _check_status(self, name: str, rows: dict[str, Row]) -> None:
        for code, row in rows.items():
            line = int(row["line"])
            self._above(name, code, "successor", rows)
            if row["status"] not in ConceptStatus.values:
                self._fault(name, line, f"status “{row['status']}” is neither active nor retired.")
            if row["successor"] and row["status"] == ConceptStatus.ACTIVE:
                self._fault(name, line, f"“{code}” is active and cannot have a successor.")

    def _check_others(self) -> None:
        self._check_status("occupations", self.taxonomy.occupations)
        self._check_status("credentials", self.taxonomy.credentials)
        for row in self.taxonomy.occupations.values():
            self._level("occupations", int(row["line"]), row["level"])
        for row in self.taxonomy.credentials.values():
            line = int(row["line"])
            if row["kind"] not in CredentialKind.values:
                self._fault("credentials", line, f"kind “{row['kind']}” is not known.")
            if row["valid_months"] and not row["valid_months"].isdecimal():
                self._fault("credentials", line, "valid_months is not a whole number.")
            if row["standard"] and not STANDARD.fullmatch(row["standard"]):
                self._fault("credentials", line, f"standard “{row['standard']}” is no code of CONOCER, as EC0301.")
            if row["kind"] == CredentialKind.CONOCER and not row["standard"]:
                self._fault("credentials", line, f"“{row['code']}” is of CONOCER and names no standard.")

    def _level(self, name: str, line: int, level: str) -> int:
        if level in ("1", "2", "3", "4"):
            return int(level)
        self._fault(name, line, f"level “{level}” is not 1, 2, 3 or 4.")
        return SkillLevel.INTERMEDIATE

    def _aliases(self, name: str, column: str, concepts: dict[str, Row], label: str, *, titles: bool) -> Aliases:
        """Join labels, aliases and (of skills) wordings of vacancies, which are for searching alone."""
        others: dict[str, list[tuple[str, str]]] = {}
        lines: Lines = {}
        marked: set[tuple[str, str, str]] = set()
        for line, row, key in self._texts(name, column, concepts, lines):
            if row["ambiguous"] not in ("", "1"):
                self._fault(name, line, f"ambiguous “{row['ambiguous']}” is neither 1 nor empty.")
            if row["ambiguous"]:
                marked.add(key)
            others.setdefault(row[column], []).append((row["lang"], row["text"]))
        aliases: Aliases = {}
        for code, row in concepts.items():
            labels = {lang: row[f"{label}_{lang}"] for lang in BOTH}
            aliases[code] = alias_texts(labels, others.get(code, ()), titles=titles)
        if concepts is self.taxonomy.skills:
            for line, row, (code, lang, norm) in self._texts("wordings", column, concepts, lines):
                if (lang, norm) in aliases[code]:
                    self._fault("wordings", line, f"“{row['text']}” is the label or an alias already.")
                aliases[code].setdefault((lang, norm), AliasText(lang, row["text"], AliasKind.HIDDEN.value))
        self._one_owner(column, concepts, aliases, lines, marked)
        return aliases

    def _texts(
        self, name: str, column: str, concepts: dict[str, Row], lines: Lines
    ) -> Iterator[tuple[int, Row, tuple[str, str, str]]]:
        """Yield line, row and key of each text of a file, checked; ``lines`` keeps where each was first."""
        for line, row in self._rows(name):
            if not self._known(name, line, column, row[column], concepts):
                continue
            if row["lang"] not in Language.values:
                self._fault(name, line, f"lang “{row['lang']}” is neither es nor en.")
            if not fold(row["text"]) or too_long(row["text"]):
                self._fault(name, line, "the text is empty or longer than 250 letters.")
            key = (row[column], row["lang"], fold(row["text"]))
            first = lines.setdefault(key, (name, line))
            if first != (name, line):
                self._fault(name, line, f"“{row['text']}” is there already in line {first[1]} of {first[0]}.csv.")
            yield line, row, key

    def _one_owner(
        self,
        column: str,
        concepts: dict[str, Row],
        aliases: Aliases,
        lines: Lines,
        marked: set[tuple[str, str, str]],
    ) -> None:
        """A text leads to one concept within a language, unless every row that gives it away says ``ambiguous``."""
        owners: dict[tuple[str, str], list[str]] = {}
        for code, texts in aliases.items():
            if concepts[code]["status"] == ConceptStatus.ACTIVE:  # nobody is led to a retired one
                for key in texts:
                    owners.setdefault(key, []).append(code)
        for (lang, norm), codes in owners.items():
            text = aliases[codes[-1]][(lang, norm)].text
            where = lines.get((codes[-1], lang, norm)) or (f"{column}s", int(concepts[codes[-1]]["line"]))
            if len(codes) > 1 and not all((code, lang, norm) in marked for code in codes):
                self._fault(*where, f"“{text}” leads to “{codes[0]}” already.")
            if len(codes) == 1 and (codes[0], lang, norm) in marked:
                self._fault(*where, f"“{text}” is ambiguous with nothing.")

    def _relations(self) -> Iterator[tuple[tuple[str, str], float]]:
        seen: dict[tuple[str, str], int] = {}
        skills = self.taxonomy.skills
        for line, row in self._rows("relations"):
            pair = (row["from"], row["to"])
            known = [self._known("relations", line, column, row[column], skills) for column in ("from", "to")]
            if seen.setdefault(pair, line) != line or pair[0] == pair[1]:
                self._fault("relations", line, f"{pair[0]} to {pair[1]} is there twice, or joins a skill to itself.")
            strength = _number(row["strength"])
            if not 0 < strength <= 1:
                self._fault("relations", line, f"strength “{row['strength']}” is not between 0 and 1.")
            if all(known):
                yield pair, strength

    def _esco_links(self, column: str, concepts: dict[str, Row]) -> Iterator[tuple[tuple[str, str], str]]:
        seen: set[tuple[str, str]] = set()
        same: dict[str, str] = {}
        name = f"{column}_links"
        for line, row in self._rows(name):
            pair, match = (row[column], row["uri"]), row["match"]
            self._known(name, line, column, row[column], concepts)
            if not row["uri"] or pair in seen:
                self._fault(name, line, f"“{row[column]}” has no uri, or this one twice.")
            if match not in LinkMatch.values:
                self._fault(name, line, f"match “{match}” is neither exact, close nor broad.")
            if match != LinkMatch.BROAD and same.setdefault(row["uri"], row[column]) != row[column]:
                self._fault(name, line, f"“{same[row['uri']]}” is linked as the same already.")
            seen.add(pair)
            yield pair, match

    def _check_uris(self) -> None:
        """The one address of a skill stands among its links, as (nearly) the same."""
        for code, row in self.taxonomy.skills.items():
            match = self.taxonomy.skill_links.get((code, row["esco_uri"]))
            if row["esco_uri"] and match not in (LinkMatch.EXACT, LinkMatch.CLOSE):
                self._fault("skills", int(row["line"]), f"esco_uri of “{code}” is no exact or close link of it.")

    def _links(self) -> None:
        found = self.taxonomy
        for line, row in self._rows("occupation_skills"):
            self._known("occupation_skills", line, "occupation", row["occupation"], found.occupations)
            self._known("occupation_skills", line, "skill", row["skill"], found.skills)
            if row["essential"] not in ("0", "1"):
                self._fault("occupation_skills", line, f"essential “{row['essential']}” is neither 0 nor 1.")
            pair = (row["occupation"], row["skill"])
            if pair in found.occupation_skills:
                self._fault("occupation_skills", line, f"{pair[0]} has {pair[1]} already.")
            level = self._level("occupation_skills", line, row["level"])
            found.occupation_skills[pair] = (row["essential"] == "1", level)
        for line, row in self._rows("credential_skills"):
            self._known("credential_skills", line, "credential", row["credential"], found.credentials)
            self._known("credential_skills", line, "skill", row["skill"], found.skills)
            pair = (row["credential"], row["skill"])
            if pair in found.credential_skills:
                self._fault("credential_skills", line, f"{pair[0]} has {pair[1]} already.")
            found.credential_skills[pair] = self._level("credential_skills", line, row["level"])


def _in_a_circle(code: str, column: str, rows: dict[str, Row]) -> bool:
    seen, at = {code}, rows[code][column]
    while at and at in rows:
        if at in seen:
            return at == code
        seen.add(at)
        at = rows[at][column]
    return False


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0
