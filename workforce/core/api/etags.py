"""Which version is being read or edited: ``ETag`` out, ``If-None-Match`` and ``If-Match`` in."""

from __future__ import annotations

import re
from typing import Any

from django.db import models, transaction
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from workforce.core.api.problems import ApiProblem
from workforce.core.errors import StaleRevision
from workforce.core.revisions import lock_revision

_TAG = re.compile(r'(?:W/)?"(\d{1,18})"')


def etag_of(row: Any) -> str:
    """Return the entity tag of a ``Revisioned`` row: its revision in quotes."""
    return f'"{row.revision}"'


def expected_revision(request: Request, row: Any = None) -> int | None:
    """Return the revision that the caller says it edits (``If-Match: "7"``), or None for ``If-Match: *``.

    Answers 428 when the header is missing. A header with several tags matches if one of them is that of ``row``;
    one that we never gave cannot match anything: 412.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise ApiProblem("precondition_required")
    if header == "*":
        return None
    tags = [int(tag) for tag in _TAG.findall(header)]
    if row is not None and row.revision in tags:
        return int(row.revision)
    if not tags:
        raise StaleRevision(row.revision) if row is not None else ApiProblem("precondition_failed")
    return tags[0]


def is_unchanged(request: Request, tag: str) -> bool:
    """Whether the caller already has the version ``tag`` (``If-None-Match``)."""
    header = request.headers.get("If-None-Match", "").strip()
    return header == "*" or tag.strip('"') in _TAG.findall(header)


class RevisionedMixin:
    """For generic views and viewsets of ``Revisioned`` models: put it before the generic classes.

    GET answers with the ETag and takes If-None-Match (304); whatever sets ``self.revisioned`` to a row answers with its
    ETag. A view that edits through a service passes it ``expected_revision(request, row)``.
    """

    request: Any  # DRF's Request, where Django's View declares its own
    edits_revision = True
    revisioned: models.Model | None = None

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the ETag of the row that ``revisioned`` remembers."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if self.revisioned is not None and response.status_code in {200, 201, 304}:
            response.headers["ETag"] = etag_of(self.revisioned)
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read one row; 304 for a caller who already has this version."""
        row = self.get_object()  # type: ignore[attr-defined]
        self.revisioned = row
        if is_unchanged(request, etag_of(row)):
            return Response(status=304)
        return Response(self.get_serializer(row).data)  # type: ignore[attr-defined]

    def get_locked(self) -> Any:
        """Return the row that the address names, locked, after comparing it with If-Match. Needs a transaction."""
        row = self.get_object()  # type: ignore[attr-defined]
        expected = expected_revision(self.request, row)
        locked = lock_revision(type(row)._default_manager.all(), expected, pk=row.pk)
        self.revisioned = locked
        return locked


class RevisionedUpdateMixin(RevisionedMixin, mixins.UpdateModelMixin):
    """PUT and PATCH with If-Match, for models that need no service.

    One transaction on the locked row, whose revision is counted up before ``perform_update`` saves it.
    """

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Edit the locked row."""
        partial = bool(kwargs.pop("partial", False))
        with transaction.atomic():
            row = self.get_locked()
            serializer = self.get_serializer(row, data=request.data, partial=partial)  # type: ignore[attr-defined]
            serializer.is_valid(raise_exception=True)
            self.perform_update(serializer)  # type: ignore[misc]
        return Response(serializer.data)


class RevisionedDestroyMixin(RevisionedMixin, mixins.DestroyModelMixin):
    """DELETE with If-Match, for models that need no service."""

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete the locked row."""
        with transaction.atomic():
            self.perform_destroy(self.get_locked())  # type: ignore[misc]
        return Response(status=204)
