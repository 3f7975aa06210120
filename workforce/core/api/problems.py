"""Errors as problem details (RFC 9457): one shape, stable codes, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from rest_framework import exceptions

from workforce.core.api.catalogue import PROBLEMS, Problem
from workforce.core.errors import Text

CONTENT_TYPE = "application/problem+json"


class ApiProblem(exceptions.APIException):
    """Raise one problem of the catalogue by its code, from a view or a parser."""

    def __init__(self, code: str, detail: Text | None = None, *, field: str = "") -> None:
        self.problem = PROBLEMS[code]
        self.field = field
        self.status_code = self.problem.status
        super().__init__(detail=str(detail or self.problem.detail), code=code)


def problem_body(
    problem: Problem,
    *,
    instance: str,
    code: str = "",
    detail: Text | None = None,
    errors: list[dict[str, str]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return the members of a problem document; ``code`` narrows the problem's own where a service gave one."""
    return {
        "type": f"/api/v1/problems/{problem.code}/",
        "title": str(problem.title),
        "status": problem.status,
        "code": code or problem.code,
        "detail": str(detail or problem.detail),
        "instance": instance,
        "errors": errors or [],
        **more,
    }


def problem_response(request: HttpRequest, code: str, detail: Text | None = None, *, field: str = "") -> JsonResponse:
    """Answer with a problem from outside of REST framework: middleware and error handlers."""
    problem = PROBLEMS[code]
    errors = [{"field": field, "code": "invalid", "detail": str(detail)}] if field else []
    body = problem_body(problem, instance=request.path, detail=detail, errors=errors)
    return JsonResponse(body, status=problem.status, content_type=CONTENT_TYPE)
