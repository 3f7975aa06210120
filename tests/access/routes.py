"""Every address of Puente, found by walking the URL patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.table import METHODS

GROUPS = ("django.contrib.admin", "allauth")  # theirs to test; tests/access/test_groups.py looks at them as a whole
NAMESPACES = ("admin",)


@dataclass(frozen=True)
class Route:
    """A URL name, its pattern, and the methods of its view where they can be seen (None where they cannot)."""

    name: str
    pattern: str
    methods: tuple[str, ...] | None


def all_routes() -> list[Route]:
    """Return our own routes, in the order of the URL files."""
    return list(_walk(get_resolver().url_patterns, ""))


def by_name(routes: list[Route]) -> dict[str, Route]:
    """Return one route for each name; patterns that share one share their methods."""
    found: dict[str, Route] = {}
    for route in routes:
        methods = route.methods
        if (before := found.get(route.name)) is not None:
            seen = {*(before.methods or ()), *(route.methods or ())}
            methods = None if None in (before.methods, methods) else tuple(m for m in METHODS if m in seen)
        found[route.name] = Route(route.name, route.pattern, methods)
    return found


def _walk(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NAMESPACES:
                yield from _walk(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern) and not pattern.callback.__module__.startswith(GROUPS):
            yield Route(pattern.name or where, where, _methods(pattern.callback))


def _methods(callback: Any) -> tuple[str, ...] | None:
    """Return the methods that the view has a handler for."""
    if actions := getattr(callback, "actions", None):
        taken = {*actions} & {*callback.cls.http_method_names}
        return tuple(method for method in METHODS if method.lower() in taken)
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    if view is None:
        return None
    is_api = getattr(callback, "cls", None) is not None
    known = METHODS if is_api else ("GET", "POST")  # a FormView's put is its post
    allowed = [name.upper() for name in view.http_method_names]
    return tuple(method for method in known if method in allowed and hasattr(view, method.lower()))
