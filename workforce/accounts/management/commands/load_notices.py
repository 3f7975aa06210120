"""``manage.py load_notices``: publish the versions of the notices that are new."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workforce.accounts.notices import FOLDER, BadNotice, load_notices


class Command(BaseCommand):
    """Publishes notices from files; can be run again."""

    help = "Publish the privacy notices of a folder (privacy-<version>.<es|en>.txt) that are not published yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another folder than ours."""
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the folder (default: ours)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish them, or say which file is wrong."""
        try:
            published = load_notices(options["folder"])
        except (OSError, UnicodeDecodeError, BadNotice) as error:
            raise CommandError(f"{options['folder']}: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{published} notices published")
