"""What a reader or a program gets when a request fails: a page, or under /api/ a problem document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from workforce.core.api.problems import problem_response

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in the reader's language; a problem document under /api/."""
    if request.path_info.startswith(API):
        return problem_response(request, "malformed_request")
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 in the reader's language; a problem document under /api/."""
    if request.path_info.startswith(API):
        return problem_response(request, "permission_denied")
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the reader's language; a problem document under /api/."""
    if request.path_info.startswith(API):
        return problem_response(request, "not_found")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in the reader's language; a problem document under /api/."""
    if request.path_info.startswith(API):
        return problem_response(request, "server_error")
    return defaults.server_error(request)
