"""``manage.py fit_linker``: fit the linkers ahead of their first use, with official tables if given."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workforce.skills.choices import ConceptKind
from workforce.skills.crosswalks import read_sinco
from workforce.skills.csvfiles import DataFileError
from workforce.skills.linking import KINDS, linker_of


class Command(BaseCommand):
    """Fits and saves; every process takes it up at its next look."""

    help = "Fit the linkers of words to skills and occupations on the taxonomy in the database, and save them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, and what to learn from besides."""
        parser.add_argument("--kind", choices=KINDS, help="Only this one (default both).")
        parser.add_argument("--sinco", type=Path, help="INEGI's table of SINCO titles and ISCO-08 groups (CSV).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fit one after the other and tell time and memory."""
        try:
            table = read_sinco(options["sinco"]) if options["sinco"] else None
        except DataFileError as error:
            raise CommandError(str(error)) from error
        for kind in [options["kind"]] if options["kind"] else KINDS:
            began, busy = time.monotonic(), time.process_time()
            place = linker_of(kind).fit(table if kind == ConceptKind.OCCUPATION else None, self.stderr.write)
            took = f"{time.monotonic() - began:.0f} s, {time.process_time() - busy:.0f} s of processor"
            self.stdout.write(f"{kind}: fitted in {took}, peak memory {_peak():.0f} MB, saved in {place.name}")


def _peak() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
