"""What other apps tell on the page of a concept; they register, nobody is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workforce.skills.models import Concept


@dataclass(frozen=True)
class PanelItem:
    """One line of a panel; ``lang`` where the label is not in the reader's language, ``href`` where there is a page."""

    label: str
    note: str = ""
    href: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Panel:
    """What one app has to say: the first few of ``total`` rows, or ``empty`` said in words."""

    key: str
    title: str
    items: tuple[PanelItem, ...]
    total: int
    empty: str


Provider = Callable[[Concept], Panel | None]
_providers: dict[int, list[Provider]] = {}


def register(provider: Provider, *, order: int) -> None:
    """Add a panel (None: nothing to say of that kind of concept); registering a provider twice changes nothing."""
    if provider not in _providers.setdefault(order, []):
        _providers[order].append(provider)


def panels_for(concept: Concept) -> list[Panel]:
    """Return the panels of every app for ``concept``, in their order."""
    found = [provider(concept) for order in sorted(_providers) for provider in _providers[order]]
    return [panel for panel in found if panel is not None]
