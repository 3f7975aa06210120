"""The way in, health checks, and error pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views import defaults
from django.views.decorators.http import require_safe

from workforce.core.api.problems import problem_response

API = "/api/"


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send the reader to the home page in their language."""
    return redirect("home")


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers (503 if not)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


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
