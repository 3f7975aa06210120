"""What the API reads: JSON, without what no database can keep."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from workforce.core.api.problems import ApiProblem

MAX_DEPTH = 40


class SafeJSONParser(parsers.JSONParser):
    """JSON of a bounded size and depth; refuses NUL (PostgreSQL has none), half characters and infinite numbers."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the parsed body, or answer 400 or 413."""
        request = (parser_context or {}).get("request")
        length = request.META.get("CONTENT_LENGTH") if request is not None else None
        if length and int(length) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or math.inf):
            raise ApiProblem("too_large")
        try:
            data = super().parse(stream, media_type=media_type, parser_context=parser_context)
        except RecursionError as error:
            raise ParseError from error
        _check(data, MAX_DEPTH)
        return data


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise ParseError
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise ParseError
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ParseError
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth)
            _check(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth - 1)
