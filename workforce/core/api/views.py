"""What the API says of itself: its schema, its pages of documentation, its kinds of problems."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workforce.core.api.catalogue import PROBLEMS, Problem


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
        return Response(ProblemKindSerializer(list(PROBLEMS.values()), many=True).data)


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
