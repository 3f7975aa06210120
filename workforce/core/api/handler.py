"""Which problem document answers which exception."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

from workforce.core.api.catalogue import PROBLEMS
from workforce.core.api.problems import CONTENT_TYPE, ApiProblem, problem_body
from workforce.core.errors import DomainError, StaleRevision

log = logging.getLogger(__name__)
_BY_EXCEPTION: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.ParseError, "malformed_request"),
    (exceptions.AuthenticationFailed, "authentication_failed"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.PermissionDenied, "permission_denied"),
    (DjangoPermissionDenied, "permission_denied"),
    (exceptions.NotFound, "not_found"),
    (Http404, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.Throttled, "throttled"),
    (RequestDataTooBig, "too_large"),
    (ProtectedError, "in_use"),
    (RestrictedError, "in_use"),
    (IntegrityError, "conflict"),
    (DataError, "malformed_request"),
)


def problem_handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's exception handler. None for what nobody foresaw: it is logged and answered by handler500."""
    made = _answer(exc, context["request"].path if context.get("request") is not None else "")
    if made is None:
        return None
    body, headers = made
    set_rollback()
    response = Response(body, status=body["status"], headers=headers)
    response.content_type = CONTENT_TYPE
    return response


def _answer(exc: Exception, path: str) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Return the body and the headers for ``exc``."""
    if isinstance(exc, DomainError):
        return _domain(exc, path)
    if isinstance(exc, ApiProblem):
        errors = [{"field": exc.field, "code": "invalid", "detail": str(exc.detail)}] if exc.field else []
        return problem_body(exc.problem, instance=path, detail=str(exc.detail), errors=errors), {}
    if isinstance(exc, DjangoValidationError):
        exc = exceptions.ValidationError(as_serializer_error(exc))
    if isinstance(exc, exceptions.ValidationError):
        errors = list(_flatten(exc.get_full_details()))
        return problem_body(PROBLEMS["invalid_input"], instance=path, errors=errors), {}
    code = next((code for kind, code in _BY_EXCEPTION if isinstance(exc, kind)), None)
    if code is None:
        return None
    if isinstance(exc, (IntegrityError, DataError)) and code != "in_use":
        log.warning("The database refused what the API let through at %s", path, exc_info=exc)
    return problem_body(PROBLEMS[code], instance=path, detail=_detail(exc)), _headers(exc)


def _domain(exc: DomainError, path: str) -> tuple[dict[str, Any], dict[str, str]]:
    errors = [{"field": field, "code": exc.code, "detail": str(text)} for field, text in exc.errors.items()]
    more: dict[str, Any] = {}
    headers = {}
    if isinstance(exc, StaleRevision):
        more["current_revision"] = exc.current
        headers["ETag"] = f'"{exc.current}"'
    problem = PROBLEMS[exc.kind.value]
    return problem_body(problem, instance=path, code=exc.code, detail=exc.message, errors=errors, **more), headers


def _detail(exc: Exception) -> str | None:
    """Words that a view wrote for its readers, else None: the catalogue's, which are ours in both languages."""
    if not isinstance(exc, exceptions.PermissionDenied) or str(exc.detail) == str(exc.default_detail):
        return None
    return str(exc.detail)


def _headers(exc: Exception) -> dict[str, str]:
    headers = {}
    if header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = str(header)
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(math.ceil(wait))
    return headers


def _flatten(details: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Walk REST framework's nested details; ``non_field_errors`` belong to the level that they stand on."""
    if isinstance(details, list):
        nested = any(isinstance(item, Mapping) and "message" not in item for item in details)
        for index, item in enumerate(details):
            yield from _flatten(item, _join(field, str(index)) if nested else field)
    elif isinstance(details, Mapping) and isinstance(details.get("code"), str) and "message" in details:
        yield {"field": field, "code": str(details["code"]), "detail": str(details["message"])}
    elif isinstance(details, Mapping):
        for name, item in details.items():
            whole = name in {"non_field_errors", "__all__"}
            yield from _flatten(item, field if whole else _join(field, str(name)))


def _join(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name
