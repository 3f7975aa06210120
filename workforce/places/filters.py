"""By what places can be narrowed."""

from __future__ import annotations

import django_filters

from workforce.core.choices import Country
from workforce.places.models import Park, Zone


class ZoneFilter(django_filters.FilterSet):
    """By country and city."""

    country = django_filters.ChoiceFilter(choices=Country.choices)
    city = django_filters.CharFilter(lookup_expr="iexact", max_length=60)

    class Meta:
        model = Zone
        fields = ("country", "city")


class ParkFilter(django_filters.FilterSet):
    """By country, city and zone."""

    country = django_filters.ChoiceFilter(field_name="zone__country", choices=Country.choices)
    city = django_filters.CharFilter(field_name="zone__city", lookup_expr="iexact", max_length=60)
    zone = django_filters.CharFilter(field_name="zone__code", max_length=40)

    class Meta:
        model = Park
        fields = ("zone",)
