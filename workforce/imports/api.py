"""Imports by API: the same services as the pages. Who may import nothing for an organization finds nothing here."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.accounts.models import Organization, User
from workforce.core.errors import InvalidInput
from workforce.imports import services
from workforce.imports.access import can_handle_job
from workforce.imports.kinds import Importer, importers_for
from workforce.imports.models import ImportJob, RowError
from workforce.imports.serializers import (
    ColumnsSerializer,
    ImportDetailSerializer,
    ImportSerializer,
    RemarkSerializer,
    UploadSerializer,
)
from workforce.imports.tabular import MAX_BYTES


class OfJob(generics.GenericAPIView[Any]):
    """For views of one import, found under its organization's address alone."""

    queryset: Any = ImportJob.objects.none()
    serializer_class: Any = ImportDetailSerializer

    def job(self) -> ImportJob:
        """The import of the address, if the caller may handle it."""
        found = ImportJob.objects.select_related("organization", "user").filter(
            organization__slug=self.kwargs["slug"], ref=self.kwargs["ref"]
        )
        job = found.first()
        if job is None or not can_handle_job(self.request.user, job):
            raise Http404
        return job

    def answer(self, job: ImportJob, status: int = 200) -> Response:
        """Say where the import stands."""
        return Response(ImportDetailSerializer(job, context=self.get_serializer_context()).data, status=status)

    def act(self, do: Callable[..., ImportJob]) -> Response:
        """Press a button of the import; a second press changes nothing."""
        return self.answer(do(job=self.job()), status=202)


@extend_schema(tags=["imports"])
class ImportList(generics.ListAPIView[ImportJob]):
    """The imports of an organization of mine."""

    serializer_class = ImportSerializer
    parser_classes = (MultiPartParser,)
    queryset = ImportJob.objects.none()

    def organization(self) -> tuple[Organization, list[Importer]]:
        """The organization of the address and what the caller may import for it."""
        found = Organization.objects.filter(slug=self.kwargs["slug"]).first()
        importers = importers_for(self.request.user, found) if found is not None else []
        if found is None or not importers:
            raise Http404
        return found, importers

    def get_queryset(self) -> QuerySet[ImportJob]:
        """All of the kinds that the caller may import."""
        organization, importers = self.organization()
        return ImportJob.objects.filter(organization=organization, kind__in=[one.kind for one in importers])

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: ImportDetailSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Send a file. Nothing is written yet: say next what its columns hold. A double click makes one import."""
        organization, importers = self.organization()
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        kind, file = given.validated_data["kind"], given.validated_data["file"]
        if kind not in {one.kind for one in importers}:
            raise InvalidInput("unknown_kind", services.UNKNOWN_KIND, field="kind")
        job = services.upload_file(
            user=cast(User, request.user),
            organization=organization,
            kind=kind,
            name=file.name or "",
            data=file.read(MAX_BYTES + 1),
        )
        context = self.get_serializer_context()
        return Response(ImportDetailSerializer(job, context=context).data, status=201)


@extend_schema(tags=["imports"])
class ImportDetail(OfJob):
    """One import."""

    @extend_schema(operation_id="organizations_imports_retrieve")
    def get(self, request: Request, slug: str, ref: uuid.UUID) -> Response:
        """Say where an import stands."""
        return self.answer(self.job())


@extend_schema(tags=["imports"])
class ImportColumns(OfJob):
    """What the columns hold."""

    serializer_class = ColumnsSerializer

    @extend_schema(operation_id="organizations_imports_columns", responses={202: ImportDetailSerializer})
    def put(self, request: Request, slug: str, ref: uuid.UUID) -> Response:
        """Say what the columns hold and have the whole file tried; nothing is written. Remembered for next time."""
        job = self.job()
        given = ColumnsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        options = given.validated_data.get("options", {})
        return self.answer(services.set_columns(job=job, mapping=given.validated_data["mapping"], options=options), 202)


@extend_schema(tags=["imports"])
class ImportStart(OfJob):
    """Start."""

    @extend_schema(operation_id="organizations_imports_start", request=None, responses={202: ImportDetailSerializer})
    def post(self, request: Request, slug: str, ref: uuid.UUID) -> Response:
        """Write what was checked (409 before that)."""
        return self.act(services.start_import)


@extend_schema(tags=["imports"])
class ImportCancel(OfJob):
    """Cancel."""

    @extend_schema(operation_id="organizations_imports_cancel", request=None, responses={202: ImportDetailSerializer})
    def post(self, request: Request, slug: str, ref: uuid.UUID) -> Response:
        """Stop; what was written stays and can be undone (409 when it is over)."""
        return self.act(services.cancel_import)


@extend_schema(tags=["imports"])
class ImportUndo(OfJob):
    """Undo."""

    @extend_schema(operation_id="organizations_imports_undo", request=None, responses={202: ImportDetailSerializer})
    def post(self, request: Request, slug: str, ref: uuid.UUID) -> Response:
        """Take back what nobody changed since; what is left is told as remarks (409 when there is nothing)."""
        return self.act(services.undo_import)


@extend_schema(tags=["imports"])
class ImportRemarks(OfJob, generics.ListAPIView[Any]):
    """What was wrong with which row, in the language of the answer."""

    serializer_class = RemarkSerializer
    queryset: Any = RowError.objects.none()

    def get_queryset(self) -> QuerySet[RowError]:
        """All remarks of the import."""
        found: QuerySet[RowError] = RowError.objects.filter(job=self.job())
        return found
