"""Zones by API: public, read only."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import permissions, serializers, viewsets

from workforce.core.api.pagination import StableCursorPagination
from workforce.places.filters import ZoneFilter
from workforce.places.models import Zone


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "zone",
            value={
                "id": 13,
                "code": "juarez-zaragoza",
                "name": "Zaragoza",
                "city": "Ciudad Juárez",
                "country": "MX",
                "latitude": 31.655,
                "longitude": -106.338,
            },
        )
    ]
)
class ZoneSerializer(serializers.ModelSerializer[Zone]):
    """A part of a city; its place is approximate."""

    class Meta:
        model = Zone
        fields = ("id", "code", "name", "city", "country", "latitude", "longitude")


class ZonePages(StableCursorPagination):
    """By code: it is unique."""

    ordering: Any = ("code",)


@extend_schema(tags=["places"])
class ZoneViewSet(viewsets.ReadOnlyModelViewSet[Zone]):
    """Zones of the region, by code."""

    queryset = Zone.objects.all()
    serializer_class = ZoneSerializer
    permission_classes = (permissions.AllowAny,)
    pagination_class = ZonePages
    filterset_class = ZoneFilter
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
