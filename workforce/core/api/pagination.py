"""Pages of the API."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from workforce.core.api.problems import ApiProblem


class StableCursorPagination(CursorPagination):
    """By cursor, so that pages neither skip nor repeat rows while others write.

    ``{"next": address or null, "previous": address or null, "results": [...]}``. Order by something unique and never
    null, best by ``pk``: a subclass or the view's ``ordering`` may say otherwise, ending in ``pk``.
    """

    ordering = "-pk"
    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_page_size(self, request: Request) -> int:
        """Return how many rows a page has; more than the maximum becomes the maximum, nonsense is refused."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return int(self.page_size or 25)
        if not (asked.isascii() and asked.isdigit() and 0 < len(asked) < 10 and int(asked) > 0):
            raise ApiProblem("invalid_input", _("Write a number from 1 to 100."), field=self.page_size_query_param)
        return min(int(asked), self.max_page_size)

    def decode_cursor(self, request: Request) -> Any:
        """Read the cursor; one that is not ours is a 400, not a 404."""
        try:
            return super().decode_cursor(request)
        except NotFound as error:
            raise ApiProblem("invalid_cursor") from error

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return one page; a cursor whose position is no value of the column is refused, not a crash."""
        try:
            return list(super().paginate_queryset(queryset, request, view=view) or [])
        except (ValueError, TypeError, OverflowError, ValidationError, DataError) as error:
            if request.query_params.get(self.cursor_query_param):
                raise ApiProblem("invalid_cursor") from error
            raise

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        link = {"type": "string", "nullable": True, "format": "uri"}
        example = "https://puente.example/api/v1/zones/?cursor=cD0xMDM%3D"
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "example": example},
                "previous": {**link, "example": None},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the two parameters."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": 25}
        return parameters
