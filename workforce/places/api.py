"""Zones and industrial parks by API: public, read only."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import permissions, serializers, viewsets

from workforce.core.api.pagination import StableCursorPagination
from workforce.places.filters import ParkFilter, ZoneFilter
from workforce.places.models import Park, Zone

CODE = "[-a-zA-Z0-9_]+"


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "zone",
            value={
                "id": 13,
                "code": "el-paso-east",
                "name": "Lejano Este",
                "name_en": "Far East",
                "city": "El Paso",
                "country": "US",
                "latitude": 31.775,
                "longitude": -106.275,
                "approximate": True,
                "retired": False,
            },
        )
    ]
)
class ZoneSerializer(serializers.ModelSerializer[Zone]):
    """A part of a city; ``name_en`` is empty where the name is the same in English."""

    class Meta:
        model = Zone
        fields = (
            *("id", "code", "name", "name_en", "city", "country"),
            *("latitude", "longitude", "approximate", "retired"),
        )


class ParkSerializer(serializers.ModelSerializer[Park]):
    """An industrial park, in a zone."""

    zone = serializers.SlugRelatedField("code", read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = Park
        fields = ("code", "name", "zone", "latitude", "longitude", "approximate", "retired")


class PlacePages(StableCursorPagination):
    """By code: it is unique."""

    ordering: Any = ("code",)


class PlaceViewSet(viewsets.ReadOnlyModelViewSet[Any]):
    """What zones and parks share: those on offer are listed, a retired one is still found by its code."""

    permission_classes = (permissions.AllowAny,)
    pagination_class = PlacePages
    lookup_field = "code"
    lookup_value_regex = CODE

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters belong to the list."""
        return super().filter_queryset(queryset.active()) if self.action == "list" else queryset


@extend_schema(tags=["places"])
class ZoneViewSet(PlaceViewSet):
    """Zones of the region, by code."""

    queryset = Zone.objects.all()
    serializer_class = ZoneSerializer
    filterset_class = ZoneFilter


@extend_schema(tags=["places"])
class ParkViewSet(PlaceViewSet):
    """Industrial parks of the region, by code."""

    queryset = Park.objects.select_related("zone")
    serializer_class = ParkSerializer
    filterset_class = ParkFilter
