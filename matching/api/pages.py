"""Pages of a ranked list that is stored whole: the cursor is a place in the ranking, not a row number."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from matching.reading import Entry, ListState
from workforce.core.api.pagination import StableCursorPagination
from workforce.core.api.problems import ApiProblem

LARGEST = 2**64


class RankedPages(StableCursorPagination):
    """``next`` and ``previous`` as everywhere, and beside ``results`` what is known of the whole list.

    A list that is computed anew between two pages neither repeats nor hides who kept their place.
    """

    def paginate_entries(self, state: ListState, entries: Sequence[Entry], request: Request) -> Sequence[Entry]:
        """Return one page of entries, best first. Refuses a cursor that is not ours."""
        self.state, self.address = state, request.build_absolute_uri()
        size = self.get_page_size(request)
        cursor = request.query_params.get(self.cursor_query_param)
        start = 0
        if cursor is not None:
            backwards, place = _decoded(cursor)
            after = next((n for n, entry in enumerate(entries) if _place(entry) > place), len(entries))
            before = next((n for n, entry in enumerate(entries) if _place(entry) >= place), len(entries))
            start = max(0, before - size) if backwards else after
        page = entries[start : start + size]
        self.next_cursor = _encoded("n", page[-1]) if page and start + size < len(entries) else None
        self.previous_cursor = _encoded("p", page[0]) if page and start > 0 else None
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """Answer with the page and the state of the list."""
        return Response(
            {
                "next": self._link(self.next_cursor),
                "previous": self._link(self.previous_cursor),
                "list_state": list_state(self.state),
                "computed_at": self.state.stored.computed_at if self.state.stored else None,
                "reachable": self.state.reachable,
                "results": data,
            }
        )

    def _link(self, cursor: str | None) -> str | None:
        return replace_query_param(self.address, self.cursor_query_param, cursor) if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        described = super().get_paginated_response_schema(schema)
        described["required"] += ["list_state", "computed_at", "reachable"]
        described["properties"] |= {
            "list_state": {
                "type": "string",
                "example": "ready",
                "enum": ["computing", "updating", "ready", "paused"],
                "description": "`computing`: no list yet, ask again in some seconds; `updating`: a newer one comes; "
                "`paused`: none is made while the profile is paused.",
            },
            "computed_at": {
                "type": "string",
                "format": "date-time",
                "nullable": True,
                "example": "2026-11-24T03:12:07-07:00",
            },
            "reachable": {
                "type": "integer",
                "minimum": 0,
                "example": 12,
                "description": "Pairs that meet every limit and must-have with a score of 60 or more.",
            },
        }
        return described


def list_state(state: ListState) -> str:
    """One word for how far the list is."""
    if state.is_paused:
        return "paused"
    if state.is_computing:
        return "computing"
    return "updating" if state.is_updating else "ready"


def _place(entry: Entry) -> tuple[int, int]:
    """Sorts as the list does: larger order first, then smaller id."""
    return -entry.order, entry.id


def _encoded(direction: str, entry: Entry) -> str:
    return base64.urlsafe_b64encode(f"{direction}:{entry.order}:{entry.id}".encode()).decode()


def _decoded(cursor: str) -> tuple[bool, tuple[int, int]]:
    try:
        direction, order, id_ = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True).decode().split(":")
        place = -int(order), int(id_)
    except (binascii.Error, ValueError) as error:
        raise ApiProblem("invalid_cursor") from error
    if direction not in ("n", "p") or not 0 <= -place[0] < LARGEST or not 0 <= place[1] < LARGEST:
        raise ApiProblem("invalid_cursor")
    return direction == "p", place
