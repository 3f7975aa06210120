"""Official tables that tie one classification's titles to another's, read as supervision for the linker."""

from __future__ import annotations

import csv
from pathlib import Path

from workforce.skills.csvfiles import DataFileError
from workforce.skills.linker.training import Supervision

SINCO_COLUMNS = ("sinco", "sinco_titulo", "target", "target_titulo")


def read_sinco(path: Path) -> list[Supervision]:
    """INEGI's table SINCO to CIUO-08 (ISCO-08): each SINCO title with its unit groups, each group's title with itself.

    Raises DataFileError for a file that is not this table.
    """
    groups: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not set(SINCO_COLUMNS) <= set(rows.fieldnames or ()):
                raise DataFileError(f"{path.name}: wanted are the columns {', '.join(SINCO_COLUMNS)}.")
            for row in rows:
                if row["sinco_titulo"] and row["target"]:
                    groups.setdefault(row["sinco_titulo"], set()).add(row["target"][:4])
                    titles[row["target"][:4]] = row["target_titulo"] or ""
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(f"{path.name}: cannot be read: {error}") from error
    known = [Supervision(title, "es", groups=tuple(sorted(targets))) for title, targets in groups.items()]
    return known + [Supervision(title, "es", groups=(group,)) for group, title in titles.items() if title]
