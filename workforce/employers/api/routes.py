"""How routes of company buses read in the API."""

from __future__ import annotations

from rest_framework import serializers

from workforce.employers.models import Route, RouteStop


class RouteStopSerializer(serializers.ModelSerializer[RouteStop]):
    """A stop; ``time`` is by the clock of the plant's time zone."""

    zone = serializers.SlugRelatedField("code", read_only=True)  # type: ignore[var-annotated]
    time = serializers.TimeField(format="%H:%M", read_only=True)

    class Meta:
        model = RouteStop
        fields = ("name", "zone", "time")


class RouteSerializer(serializers.ModelSerializer[Route]):
    """A route with its stops in the order in which the bus passes; an empty ``shift`` is every shift."""

    stops = RouteStopSerializer(many=True, read_only=True)

    class Meta:
        model = Route
        fields = ("id", "name", "shift", "stops")
