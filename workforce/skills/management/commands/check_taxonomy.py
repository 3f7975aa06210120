"""``manage.py check_taxonomy``: the files of our own taxonomy counted, checked and proofread; needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workforce.skills.checking import check_taxonomy
from workforce.skills.csvfiles import DataFileError
from workforce.skills.taxonomy_files import FOLDER


class Command(BaseCommand):
    """Counts and checks; fails when anything is wrong."""

    help = "Count, check and proofread the taxonomy's CSV files (links too, where a folder of ESCO's files is given)."
    requires_system_checks: Any = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """``--dir`` for files elsewhere, ``--esco`` and ``--mexico`` for public classifications."""
        parser.add_argument("--dir", type=Path, default=FOLDER, help="Folder of the CSV files.")
        parser.add_argument("--esco", type=Path, help="Folder of ESCO's CSV files, to check links and ISCO against.")
        parser.add_argument("--mexico", type=Path, help="Folder with SINCO and CONOCER, to check codes against.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts, then every fault."""
        try:
            checked = check_taxonomy(options["dir"], options["esco"], options["mexico"])
        except DataFileError as error:
            raise CommandError(str(error)) from error
        for kind, count in checked.counts.items():
            self.stdout.write(f"{count:6} {kind}")
        if checked.faults:
            raise CommandError("\n".join(checked.faults))
