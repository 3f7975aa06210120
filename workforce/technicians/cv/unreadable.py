"""Why a file was not read: a code that crosses from the process that opens it to the one that explains it."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """What is the matter with a file."""

    UNKNOWN = "unknown_kind"
    PICTURE = "picture"
    OLD_WORD = "old_word"
    OTHER_TEXT = "other_text"
    OTHER_ARCHIVE = "other_archive"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_LONG = "too_long"
    NO_TEXT = "no_text"
    SWELLS = "swells"
    TOO_HEAVY = "too_heavy"
    INTERNAL = "internal"


class Unreadable(Exception):
    """The file cannot be read; ``why`` says for which reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
