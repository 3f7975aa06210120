"""``manage.py rank_texts QUERIES.tsv CORPUS.tsv --top K``: which texts of a corpus are nearest, as a TREC run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workforce.skills.lines import TextRow, text_rows
from workforce.skills.linking import KINDS, similarity

TAG = "puente"


class Command(BaseCommand):
    """Ranks texts by likeness in meaning, within a language or across."""

    help = (
        "Files of id TAB text [TAB language], UTF-8. Writes 'query Q0 document rank score tag' for the best documents "
        "of each query, best first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The two files."""
        parser.add_argument("queries", type=Path)
        parser.add_argument("corpus", type=Path)
        parser.add_argument("--top", type=int, default=100, help="Documents for each query (default 100).")
        parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help="What the texts are (default occupation).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rank all queries at once and write the run."""
        if options["top"] < 1:
            raise CommandError("--top must be 1 or more.")
        queries, corpus = (self._rows(options[name]) for name in ("queries", "corpus"))
        scores = similarity(
            [row.text for row in queries],
            [row.text for row in corpus],
            options["kind"],
            [row.lang for row in queries],
            [row.lang for row in corpus],
        )
        for query, row in zip(queries, scores, strict=True):
            order = np.argsort(-row, kind="stable")[: options["top"]]
            for rank, at in enumerate(order, start=1):
                self.stdout.write(f"{query.id} Q0 {corpus[at].id} {rank} {row[at]:.6f} {TAG}")

    def _rows(self, path: Path) -> list[TextRow]:
        try:
            with path.open("rb") as lines:
                return text_rows(lines, path.name)
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
