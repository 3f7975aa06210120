"""``manage.py link_text --kind occupation|skill --top K``: lines of text in, JSON lines of concepts out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workforce.skills.choices import ConceptKind
from workforce.skills.lines import text_lines
from workforce.skills.linker.concepts import LANGUAGES
from workforce.skills.linking import KINDS, linker_of
from workforce.skills.naming import names_of


class Command(BaseCommand):
    """Links each line to concepts of the taxonomy in the database."""

    help = (
        "Read lines of text from FILE (or standard input) and write, for each, a line of JSON with the best concepts. "
        '"none_of_them" is true where the text more likely means no concept; the ranking is given all the same.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to link to, how many, and from where."""
        parser.add_argument("file", nargs="?", type=Path, help="Lines of UTF-8; standard input without it.")
        parser.add_argument("--kind", choices=KINDS, required=True)
        parser.add_argument("--top", type=int, default=5, help="Concepts for each line (default 5).")
        parser.add_argument("--lang", choices=LANGUAGES, help="Language of all lines; else it is found out.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Link line by line, so that the answer to a line is written before the next is read."""
        if options["top"] < 1:
            raise CommandError("--top must be 1 or more.")
        path: Path | None = options["file"]
        if path is None:
            self._link(sys.stdin.buffer, "standard input", options)
            return
        try:
            with path.open("rb") as lines:
                self._link(lines, path.name, options)
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error

    def _link(self, lines: Iterable[bytes], source: str, options: dict[str, Any]) -> None:
        kind = options["kind"]
        linker = linker_of(kind).get()
        names = names_of(kind)
        for number, text in text_lines(lines, source):
            ranking = linker.rank(text, options["top"], options["lang"])
            concepts = [
                {
                    "code": one.code,
                    "confidence": one.confidence,
                    "text": one.text,
                    "language": one.language,
                    **names.get(one.code, {}),
                }
                for one in ranking.concepts
            ]
            answer = {
                "line": number,
                "text": text,
                "language": ranking.language,
                "none_of_them": ranking.none_of_them,
                "fits": ranking.fits,
                "concepts": concepts,
            }
            if kind == ConceptKind.OCCUPATION:
                groups = linker.groups(text, options["top"], options["lang"])
                answer["isco"] = [{"code": code, "share": share} for code, share in groups]
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
