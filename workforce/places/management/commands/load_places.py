"""``manage.py load_places``: zones and industrial parks of the region, and the travel times between zones."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workforce.places.listing import BadRow, Changes
from workforce.places.services import load_places


class Command(BaseCommand):
    """Loads places from CSV; can be run again."""

    help = "Load zones and industrial parks (CSV, see workforce/places/data/README.md) and zones' travel times."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take more files than ours, and whether times set by hand are lost."""
        parser.add_argument("file", nargs="?", type=Path, help="more zones, of your own")
        parser.add_argument("--parks", type=Path, help="more parks, of your own")
        parser.add_argument("--afresh", action="store_true", help="compute again what somebody has set by hand, too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say which line of which file is wrong."""
        try:
            loaded = load_places(options["file"], options["parks"], afresh=options["afresh"])
        except (OSError, UnicodeDecodeError, BadRow) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            for what, changes in loaded.files:
                self._report(what, changes)
            self.stdout.write(f"travel times: {loaded.travel_times} stored")

    def _report(self, what: str, changes: Changes) -> None:
        self.stdout.write(f"{what}: {changes}")
        for word in ("added", "changed", "retired"):
            codes = getattr(changes, word)
            if codes and not (word == "added" and not changes.same):  # the first time everything is new
                self.stdout.write(f"  {word}: {', '.join(codes)}")
