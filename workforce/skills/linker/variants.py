"""Other ways to write a label that it already spells out: "Soldadura MIG/MAG (GMAW)" is also "Soldadura MIG"."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*")
_EITHER = re.compile(r"(\S+?)/(\S+)")
MOST = 6


def variants(text: str) -> tuple[str, ...]:
    """Return other readings of ``text``: without what stands in brackets, and with one side of each slash.

    What stands in brackets counts by itself when it is an abbreviation ("GMAW"). Empty for a text without either.
    """
    if "/" not in text and "(" not in text:
        return ()
    bare = " ".join(_ASIDE.sub(" ", text).split())
    readings: dict[str, None] = {bare: None}
    for aside in _ASIDE.findall(text):
        if aside.isupper() and len(aside) > 2:
            readings[aside] = None
    either = _EITHER.search(bare)
    if either and not bare[: either.start()].endswith("/"):
        for side in either.groups():
            readings[bare[: either.start()] + side + bare[either.end() :]] = None
    readings.pop(text, None)
    return tuple(r for r in readings if len(r) > 2)[:MOST]
