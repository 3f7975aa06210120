"""What the header offers to whoever looks: each app registers its own items, addresses are named, not imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class NavItem:
    """One way to go: a label, the name of its address with arguments, an icon, and where in the row it stands."""

    label: str | Promise
    url_name: str
    icon: str
    args: tuple[str | int, ...] = ()
    order: int = 50


@dataclass(frozen=True)
class NavLink:
    """An item whose address was found; ``is_current`` is true on that page and on pages below it."""

    label: str | Promise
    href: str
    icon: str
    is_current: bool


Provider = Callable[[HttpRequest], Iterable[NavItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a function that returns the items it offers for a request; registering it twice changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def links_for(request: HttpRequest) -> list[NavLink]:
    """Return the links for ``request`` in their order; an item whose address does not exist is left out."""
    items = sorted((item for provider in _providers for item in provider(request)), key=lambda item: item.order)
    found: list[tuple[NavItem, str]] = []
    for item in items:
        try:
            found.append((item, reverse(item.url_name, args=item.args)))
        except NoReverseMatch:
            continue
    here = max((href for _, href in found if request.path.startswith(href)), key=len, default="")
    return [NavLink(item.label, href, item.icon, href == here) for item, href in found]
