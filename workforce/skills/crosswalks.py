"""Official tables that tie one classification's titles to another's, read as supervision for the linker."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from workforce.skills.csvfiles import DataFileError
from workforce.skills.linker.concepts import Label
from workforce.skills.linker.training import Supervision

SINCO_COLUMNS = ("sinco", "sinco_titulo", "target", "target_titulo")


@dataclass(frozen=True)
class Crosswalk:
    """Titles that are known to belong to groups, and what the groups themselves are called."""

    known: tuple[Supervision, ...]
    titles: dict[str, tuple[Label, ...]]


def read_sinco(path: Path) -> Crosswalk:
    """INEGI's table SINCO to CIUO-08 (ISCO-08): each SINCO title with its unit groups, and the groups' own titles.

    Raises DataFileError for a file that is not this table.
    """
    groups: dict[str, set[str]] = {}
    titles: dict[str, tuple[Label, ...]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(SINCO_COLUMNS) <= set(rows.fieldnames or ()):
                raise DataFileError(f"{path.name}: wanted are the columns {', '.join(SINCO_COLUMNS)}.")
            for row in rows:
                group, title = (row["target"] or "")[:4], row["target_titulo"]
                if row["sinco_titulo"] and group:
                    groups.setdefault(row["sinco_titulo"], set()).add(group)
                if group and title:
                    titles[group] = (Label("es", title, preferred=True),)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(f"{path.name}: cannot be read: {error}") from error
    known = [Supervision(title, "es", groups=tuple(sorted(targets))) for title, targets in groups.items()]
    return Crosswalk(tuple(known), titles)
