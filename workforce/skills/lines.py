"""Lines of text given to a command: read as bytes, so that a wrong line is named and not guessed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.core.management.base import CommandError

from workforce.skills.linker.concepts import LANGUAGES

BOM = b"\xef\xbb\xbf"


class TextRow(NamedTuple):
    """A text with its id, and its language where it is said."""

    id: str
    text: str
    lang: str | None


def text_lines(lines: Iterable[bytes], source: str) -> Iterator[tuple[int, str]]:
    """Yield (line number, text). Raises CommandError for a line that is empty or not UTF-8."""
    for number, raw in enumerate(lines, start=1):
        try:
            text = (raw.removeprefix(BOM) if number == 1 else raw).decode().rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise CommandError(f"{source}, line {number}: byte {error.start + 1} is not UTF-8.") from error
        if not text.strip():
            raise CommandError(f"{source}, line {number}: the line is empty.")
        yield number, text


def text_rows(lines: Iterable[bytes], source: str) -> list[TextRow]:
    """Read lines of id TAB text [TAB language]. Raises CommandError that names the first wrong line."""
    rows: list[TextRow] = []
    seen: dict[str, int] = {}
    for number, line in text_lines(lines, source):
        columns = [column.strip() for column in line.split("\t")]
        where = f"{source}, line {number}"
        if len(columns) not in (2, 3):
            raise CommandError(f"{where}: {len(columns)} columns; wanted are id TAB text [TAB language].")
        name, text, lang = (*columns, "")[:3]
        if not name or any(char.isspace() for char in name):
            raise CommandError(f"{where}: the id is empty or has a blank in it.")
        if not text:
            raise CommandError(f"{where}: the text is empty.")
        if lang and lang not in LANGUAGES:
            raise CommandError(f"{where}: language {lang!r}; known are {' and '.join(LANGUAGES)}.")
        if name in seen:
            raise CommandError(f"{where}: the id {name!r} is that of line {seen[name]}.")
        seen[name] = number
        rows.append(TextRow(name, text, lang or None))
    if not rows:
        raise CommandError(f"{source} holds no line.")
    return rows
