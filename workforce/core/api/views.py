"""What the API says of itself: its schema, its pages of documentation, its kinds of problems."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import permissions, serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workforce.core.api.catalogue import PROBLEMS, Problem


@lru_cache(maxsize=4)
def described(language: str) -> dict[str, Any]:
    """Return the schema with its texts in ``language``; it is the same for everybody and takes a second to write."""
    with translation.override(language):
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


class SchemaView(SpectacularAPIView):
    """The OpenAPI schema of this API, as YAML or, with ``format=json``, as JSON."""

    def _get_schema_response(self, request: Request) -> Response:
        return Response(described(translation.get_language() or settings.LANGUAGE_CODE))


class ProblemKindSerializer(serializers.Serializer[Problem]):
    """One kind of problem."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()


class ProblemKindList(APIView):
    """Every kind of problem that the API answers with."""

    permission_classes = (permissions.AllowAny,)

    @extend_schema(operation_id="problems_list", responses=ProblemKindSerializer(many=True), tags=["problems"])
    def get(self, request: Request) -> Response:
        """List the kinds of problems; their codes are stable, their texts are for people."""
        kinds: Any = list(PROBLEMS.values())
        return Response(ProblemKindSerializer(kinds, many=True).data)


class ProblemKindDetail(APIView):
    """What the ``type`` of a problem leads to."""

    permission_classes = (permissions.AllowAny,)

    @extend_schema(operation_id="problems_retrieve", responses=ProblemKindSerializer, tags=["problems"])
    def get(self, request: Request, code: str) -> Response:
        """Say what one kind of problem means."""
        problem = PROBLEMS.get(code)
        if problem is None:
            raise NotFound
        return Response(ProblemKindSerializer(problem).data)


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the schema as pages to read and try; all of its scripts and styles are ours to serve (CSP)."""
    return render(request, "api/docs.html")
