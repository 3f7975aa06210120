"""``manage.py import_esco DIR``: ESCO's skills and occupations from its official CSV files, in Spanish and English."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from workforce.skills.csvfiles import DataFileError
from workforce.skills.esco.concepts import Advance
from workforce.skills.esco.importing import import_esco


class Command(BaseCommand):
    """Imports ESCO; running it again changes nothing."""

    help = "Import ESCO (skills, occupations, relations; Spanish and English) from a folder of its official CSV files."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("dir", type=Path, help="Folder with skills_en.csv, skills_es.csv, occupations_en.csv ...")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print what was done, what was left out, time and memory."""
        began = time.monotonic()

        @contextmanager
        def progress(title: str, total: int) -> Iterator[Advance]:
            # disable=None: no bar where the output is a file
            quiet = True if options["verbosity"] == 0 else None
            with tqdm(desc=title, total=total, unit=" rows", file=sys.stderr, disable=quiet, mininterval=0.5) as bar:
                yield bar.update

        try:
            report = import_esco(options["dir"], progress)
        except DataFileError as error:
            raise CommandError(f"ESCO was not imported. {error}") from error
        if options["verbosity"] > 0:
            for line in report.lines():
                self.stdout.write(line)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
                1 << 20 if sys.platform == "darwin" else 1 << 10
            )
            self.stdout.write(f"time: {time.monotonic() - began:.1f} s; peak memory: {peak:.0f} MB")
