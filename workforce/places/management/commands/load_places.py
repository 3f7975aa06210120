"""``manage.py load_places``: the zones of the region and the travel times between them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workforce.places.services import ZONES_FILE, BadZone, load_zones


class Command(BaseCommand):
    """Loads zones from CSV; can be run again."""

    help = "Load the zones of the region (CSV: code,name,city,country,latitude,longitude) and their travel times."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another file than ours, and whether corrected times are lost."""
        parser.add_argument("file", nargs="?", type=Path, default=ZONES_FILE, help="the file (default: ours)")
        parser.add_argument("--afresh", action="store_true", help="estimate again what somebody may have corrected")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say which line is wrong."""
        try:
            loaded = load_zones(options["file"], afresh=options["afresh"])
        except (OSError, UnicodeDecodeError, BadZone) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{loaded.zones} zones, {loaded.travel_times} travel times")
