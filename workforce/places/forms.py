"""Fields to choose a place: under the headings of the cities, without what is retired."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from workforce.places.models import Park, Zone


class _ByCity(ModelChoiceIterator):
    """Options in groups; the queryset must be in the order of ``city_of``."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield ("", field.empty_label)
        for city, places in groupby(self.queryset, key=field.city_of):
            yield city, [self.choice(place) for place in places]


class ZoneField(forms.ModelChoiceField):
    """A zone on offer; a form adds the one that its row has (``offer``), which may be retired."""

    iterator = _ByCity

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose a zone"))
        super().__init__(queryset=self.on_offer(None), **kwargs)

    @staticmethod
    def on_offer(current: int | None) -> QuerySet[Any]:
        """What is active, and ``current`` even when it is retired."""
        zones: QuerySet[Any] = Zone.objects.filter(Q(retired=False) | Q(pk=current))
        return zones.order_by("country", "city", "name", "pk")

    def offer(self, current: int | None) -> None:
        """Keep on offer what the row has."""
        self.queryset = self.on_offer(current)

    @staticmethod
    def city_of(place: Any) -> str:
        """The heading under which a place stands."""
        return str(place.city)


class ParkField(ZoneField):
    """An industrial park on offer, likewise."""

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        super().__init__(empty_label=_("None of the list"), **kwargs)

    @staticmethod
    def on_offer(current: int | None) -> QuerySet[Any]:
        """What is active, and ``current`` even when it is retired."""
        parks: QuerySet[Any] = Park.objects.filter(Q(retired=False) | Q(pk=current)).select_related("zone")
        return parks.order_by("zone__country", "zone__city", "name", "pk")

    @staticmethod
    def city_of(place: Any) -> str:
        """The heading under which a place stands."""
        return str(place.zone.city)
