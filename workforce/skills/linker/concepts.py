"""What the linker learns from: concepts with their texts in both languages, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class Label:
    """A text by which a concept is known; ``preferred`` is the one that it is shown by."""

    lang: str
    text: str
    preferred: bool = False


@dataclass(frozen=True)
class TaxonomyConcept:
    """A skill or an occupation.

    ``group`` is what it is filed under (the ISCO unit group, the sector); ``related`` are codes of what it calls for
    or is called for by; ``definitions`` by language.
    """

    code: str
    labels: tuple[Label, ...]
    definitions: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    related: tuple[str, ...] = ()

    def preferred(self, lang: str) -> str:
        """The label shown in ``lang``, or nothing."""
        return next((label.text for label in self.labels if label.lang == lang and label.preferred), "")
