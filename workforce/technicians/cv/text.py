"""Text as programs write it into files, made into lines as people read them."""

from __future__ import annotations

import re
import unicodedata

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
BULLET = re.compile(r"^[\s]*[•●▪■◦‣∙·*\uf0b7\uf0a7➢➤✓✔\-–—]\s+(?=\S)")
GAP = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")
NARROW_WORDS = 3
WRAPPED_FROM = 45  # letters: a shorter line ended because its writer ended it
MARK = "• "


def tidy(text: str) -> str:
    """Return ``text`` in composed letters, with one kind of bullet and space, and with wrapped lines joined again."""
    text = unicodedata.normalize("NFC", text.translate(LIGATURES)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [_tidy_line(line) for line in re.split(r"[\n\f\v\u2028\u2029]", text)]
    joined: list[str] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line):
            before = joined[-1]
            joined[-1] = before[:-1] + line if before.endswith("-") and before[-2:-1].isalpha() else f"{before} {line}"
        elif line or (joined and joined[-1]):
            joined.append(line)
    return "\n".join(joined).strip()


def is_bullet(line: str) -> bool:
    """Whether a tidy line is an item of a list."""
    return line.startswith(MARK)


def _tidy_line(line: str) -> str:
    seen = "".join(
        char for char in line if char == "\t" or unicodedata.category(char)[0] != "C" or char in "\uf0b7\uf0a7"
    )
    bulleted = BULLET.match(seen)
    if bulleted:
        seen = MARK + seen[bulleted.end() :]
    cells = [GAP.sub(" ", cell).strip() for cell in seen.split("\t")]
    text = "\t".join(filter(None, cells))
    return text if not bulleted or text.startswith(MARK) else MARK + text.lstrip("•").strip()


def _goes_on(before: str, line: str) -> bool:
    """Whether ``line`` is the rest of a sentence that did not fit into the line before."""
    if not line or before[-1:] in (*".:;!?", "") or not line[0].islower() or is_bullet(line):
        return False
    # In a narrow column a short line goes on as well: then it begins like a sentence, and the rest does not.
    begins = before.removeprefix(MARK)[:1].isupper() and not before.isupper() and "@" not in line
    return len(before) >= WRAPPED_FROM or (begins and len(before.split()) >= NARROW_WORDS)
