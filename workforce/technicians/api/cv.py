"""My CV by API: send it, ask what was read in it, confirm. The same services as the pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.core.errors import InvalidInput, NotThere
from workforce.technicians import services
from workforce.technicians.api.cv_serializers import (
    ConfirmSerializer,
    CvReadingSerializer,
    CvUploadSerializer,
)
from workforce.technicians.api.views import own_profile
from workforce.technicians.cv.limits import MAX_BYTES
from workforce.technicians.models import CvReading, Technician
from workforce.technicians.services.cv_saving import FORGOTTEN, NOT_FOUND, pick_of


class _OfReading(generics.GenericAPIView[Any]):
    """For views about a reading of the caller's."""

    queryset: Any = CvReading.objects.none()
    serializer_class: Any = CvReadingSerializer
    extra_problems = (404,)

    def reading(self, technician: Technician) -> CvReading:
        """The reading of the address; 404 for one that is another's, put aside, or too old."""
        found: CvReading | None = (
            CvReading.objects.shown().filter(technician=technician, ref=self.kwargs["ref"]).first()
        )
        if found is None:
            raise NotThere("no_such_reading", FORGOTTEN)
        return found

    def answer(self, reading: CvReading, status: int = 200) -> Response:
        """Say where a reading stands and what was found."""
        return Response(CvReadingSerializer(reading, context=self.get_serializer_context()).data, status=status)


@extend_schema(tags=["me"])
class MyCv(_OfReading):
    """Send a CV."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="me_cv_create",
        request={"multipart/form-data": CvUploadSerializer},
        responses={202: CvReadingSerializer},
    )
    def post(self, request: Request) -> Response:
        """Have a worker read a PDF or DOCX of at most 5 MB; ask at `ref` what came of it. Nothing is saved yet.

        What was read before and not confirmed is put aside. The file is deleted once it is read, unless `keep_file`.
        """
        technician = own_profile(request)
        given = CvUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        reading = services.upload_cv(
            technician_id=technician.pk,
            name=file.name or "",
            data=file.read(MAX_BYTES + 1),
            keep_file=given.validated_data["keep_file"],
        )
        reading.refresh_from_db()
        return self.answer(reading, 202)


@extend_schema(tags=["me"])
class MyCvReading(_OfReading):
    """One reading."""

    @extend_schema(operation_id="me_cv_retrieve")
    def get(self, request: Request, ref: uuid.UUID) -> Response:
        """Say where the reading stands, and once it is read what was found, each with its sentence."""
        return self.answer(self.reading(own_profile(request)))

    @extend_schema(operation_id="me_cv_destroy", responses={204: None})
    def delete(self, request: Request, ref: uuid.UUID) -> Response:
        """Forget what was read, and the file; what was confirmed stays in the profile."""
        technician = own_profile(request)
        services.discard_cv(technician_id=technician.pk, reading_id=self.reading(technician).pk)
        return Response(status=204)


@extend_schema(tags=["me"])
class MyCvConfirm(_OfReading):
    """Confirm."""

    serializer_class = ConfirmSerializer

    @extend_schema(operation_id="me_cv_confirm", request=ConfirmSerializer, responses={200: CvReadingSerializer})
    def post(self, request: Request, ref: uuid.UUID) -> Response:
        """Add these findings to the profile, at once and once (409 the second time); what is there stays as it is."""
        technician = own_profile(request)
        reading = self.reading(technician)
        given = ConfirmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found = {row.pk: row for row in reading.findings.select_related("skill")}
        picks = []
        for one in given.validated_data["findings"]:
            row = found.get(one["id"])
            if row is None:
                raise InvalidInput("unknown_finding", NOT_FOUND, field="findings")
            picks.append(pick_of(row, **{name: value for name, value in one.items() if name != "id"}))
        saved = services.confirm_cv(
            technician_id=technician.pk,
            reading_id=reading.pk,
            picks=picks,
            language=(get_language() or "es")[:2],
        )
        return self.answer(saved)
