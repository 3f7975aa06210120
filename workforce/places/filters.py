"""By what zones can be narrowed."""

from __future__ import annotations

import django_filters

from workforce.core.choices import Country
from workforce.places.models import Zone


class ZoneFilter(django_filters.FilterSet):
    """By country and city."""

    country = django_filters.ChoiceFilter(choices=Country.choices)
    city = django_filters.CharFilter(lookup_expr="iexact", max_length=60)

    class Meta:
        model = Zone
        fields = ("country", "city")
