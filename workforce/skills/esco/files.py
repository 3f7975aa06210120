"""ESCO's official CSV layout: which files and columns are needed, read row by row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workforce.skills.csvfiles import DataFileError, read_rows

SKILL, RELEASED = "KnowledgeSkillCompetence", "released"
BASE = "http://data.europa.eu/esco/"
_CONCEPT = ("conceptUri", "preferredLabel", "altLabels", "description")
_CONCEPT_OPTIONAL = ("hiddenLabels", "status", "definition")
COLUMNS: dict[str, tuple[str, ...]] = {
    "skills_en": _CONCEPT,
    "skills_es": _CONCEPT,
    "occupations_en": (*_CONCEPT, "iscoGroup"),
    "occupations_es": _CONCEPT,
    "ISCOGroups_en": ("code",),
    "broaderRelationsSkillPillar": ("conceptType", "conceptUri", "broaderType", "broaderUri"),
    "occupationSkillRelations": ("occupationUri", "relationType", "skillUri"),
    "skillSkillRelations": ("originalSkillUri", "relationType", "relatedSkillUri"),
}
Row = dict[str, str]


class Texts(NamedTuple):
    """What one file says of one concept, in its language."""

    label: str
    alts: tuple[str, ...]
    hidden: tuple[str, ...]
    description: str
    isco: str


def check_files(folder: Path) -> dict[str, int]:
    """Read every file through once and return its number of rows; DataFileError for the first that cannot be used."""
    if not folder.is_dir():
        raise DataFileError(f"{folder} is not a folder.")
    return {name: sum(1 for _row in rows_of(folder, name)) for name in COLUMNS}


def rows_of(folder: Path, name: str) -> Iterator[Row]:
    """Yield the rows of one file."""
    optional = _CONCEPT_OPTIONAL if COLUMNS[name][: len(_CONCEPT)] == _CONCEPT else ()
    for _line, row in read_rows(folder / f"{name}.csv", COLUMNS[name], optional):
        yield row


def concepts_of(folder: Path, name: str) -> Iterator[tuple[str, Texts]]:
    """Yield (URI, texts) of the concepts of one file that are in force."""
    for row in rows_of(folder, name):
        if row["status"] in ("", RELEASED) and row["preferredLabel"]:
            yield (
                row["conceptUri"],
                Texts(
                    row["preferredLabel"],
                    _lines(row["altLabels"]),
                    _lines(row["hiddenLabels"]),
                    row["description"] or row["definition"],
                    row.get("iscoGroup", ""),
                ),
            )


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in cell.splitlines() if line.strip())


def code_of(uri: str) -> str:
    """Return our code of an ESCO concept: ``esco:`` and the last part of its URI.

    A URI without a UUID at its end gets one that is made from it, so that codes stay short and safe in addresses.
    """
    last = uri.rstrip("/").rsplit("/", 1)[-1]
    try:
        return f"esco:{uuid.UUID(last)}"
    except ValueError:
        return f"esco:{uuid.uuid5(uuid.NAMESPACE_URL, uri)}"
