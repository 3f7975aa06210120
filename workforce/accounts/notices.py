"""Notices in force, and bringing them in from files. A version that was published does not change any more."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from workforce.accounts.choices import NoticeKind
from workforce.accounts.models import Notice
from workforce.core.choices import Language

FOLDER = Path(__file__).parent / "data" / "notices"
FILE_NAME = re.compile(r"^(?P<kind>[a-z]+)-(?P<version>[1-9]\d{0,4})\.(?P<language>es|en)\.txt$")
Part = tuple[str, list[list[str]]]


class BadNotice(ValueError):
    """A file is no notice, or changes one that is published."""


def current_notice(kind: str = NoticeKind.PRIVACY) -> Notice | None:
    """Return the newest version that is published, or None where there is none yet."""
    published = Notice.objects.filter(kind=kind, published_at__lte=timezone.now())
    return published.order_by("-version").first()


@transaction.atomic
def load_notices(folder: Path = FOLDER) -> int:
    """Publish what is new in ``folder`` (``privacy-2.es.txt`` and ``privacy-2.en.txt``); return how many.

    Can be run again. Raises ``BadNotice`` for a language that is missing and for a text that differs from the one that
    was published under its version: people agreed to that one, so a change takes a new version.
    """
    texts: dict[tuple[str, int], dict[str, str]] = {}
    for path in sorted(folder.glob("*.txt")):
        found = FILE_NAME.match(path.name)
        if found is None or found["kind"] not in NoticeKind.values:
            raise BadNotice(f"{path.name}: a notice is called like privacy-1.es.txt")
        key = (found["kind"], int(found["version"]))
        texts.setdefault(key, {})[found["language"]] = path.read_text(encoding="utf-8").strip()
    return sum(_publish(kind, version, by_language) for (kind, version), by_language in sorted(texts.items()))


def _publish(kind: str, version: int, texts: dict[str, str]) -> bool:
    if missing := {*Language.values} - {*texts}:
        raise BadNotice(f"{kind}-{version}: there is no text in {', '.join(sorted(missing))}")
    values = {"text_es": texts["es"], "text_en": texts["en"]}
    notice, created = Notice.objects.get_or_create(
        kind=kind, version=version, defaults={**values, "published_at": timezone.now()}
    )
    if any(getattr(notice, name) != text for name, text in values.items()):
        raise BadNotice(f"{kind}-{version} is published and people agreed to it: write version {version + 1}")
    return created


def parts_of(text: str) -> list[Part]:
    """Split a notice: headings (lines that begin with ``##``; the first part has none), each with blocks of lines.

    A block whose lines begin with ``- `` is a list; in others each line is a paragraph.
    """
    parts: list[Part] = [("", [])]
    was_item: bool | None = None
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("## "):
            parts.append((line.removeprefix("## "), []))
            was_item = None
        elif line:
            is_item = line.startswith("- ")
            if is_item != was_item:
                parts[-1][1].append([])
            parts[-1][1][-1].append(line)
            was_item = is_item
    return [part for part in parts if part[0] or part[1]]
