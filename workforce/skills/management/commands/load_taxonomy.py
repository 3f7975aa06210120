"""``manage.py load_taxonomy``: our own skills, occupations and credentials from the CSV files of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workforce.skills.csvfiles import DataFileError
from workforce.skills.loading import load_taxonomy
from workforce.skills.taxonomy_files import FOLDER


class Command(BaseCommand):
    """Loads the taxonomy; running it again changes nothing."""

    help = "Load skills, occupations and credentials from the CSV files of the repository (safe to repeat)."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--dir`` for files elsewhere."""
        parser.add_argument(
            "--dir", type=Path, default=FOLDER, help="Folder of the CSV files (default: the repository's)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print what was done by kind of row."""
        try:
            report = load_taxonomy(options["dir"])
        except DataFileError as error:
            raise CommandError(f"The taxonomy was not loaded.\n{error}") from error
        if options["verbosity"] > 0:
            for kind, tally in report.items():
                text = (
                    str(tally).replace("removed", "retired")
                    if kind in ("skills", "occupations", "credentials")
                    else str(tally)
                )
                self.stdout.write(f"{kind}: {text}")
