"""Zones and industrial parks of the region, and the travel time between zones."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Country


class PlaceQuerySet(models.QuerySet[Any]):
    """Reads zones and parks."""

    def active(self) -> PlaceQuerySet:
        """Those that may be chosen anew; a retired one stays with whoever has it."""
        return self.filter(retired=False)


class Place(models.Model):
    """What zones and parks share: a code that never changes its meaning, and roughly where it is."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    approximate = models.BooleanField(_("place is approximate"), default=True)
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Not offered any more; whoever has it keeps it.")
    )
    by_hand = models.BooleanField(
        _("kept by hand"), default=False, help_text=_("The list that comes with Puente leaves this row alone.")
    )

    objects: ClassVar[Any] = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True


class Zone(Place):
    """A part of a city where people live or plants stand.

    ``name`` is what people of the region call it in Spanish; ``name_en`` is there where it is called otherwise in
    English.
    """

    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English, if another"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=60)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ("country", "city", "name", "pk")

    def __str__(self) -> str:
        return self.local_name if self.local_name == self.city else f"{self.local_name}, {self.city}"

    @property
    def local_name(self) -> str:
        """The name in the reader's language, without the city."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class Park(Place):
    """An industrial park; its name is not translated."""

    name = models.CharField(_("name"), max_length=120)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="parks", verbose_name=_("zone"))

    class Meta:
        verbose_name = _("industrial park")
        verbose_name_plural = _("industrial parks")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class ZoneTravel(models.Model):
    """Minutes from one zone to another, by bus (public or the company's) and by car (approximate, both ways stored)."""

    origin = models.ForeignKey(Zone, models.CASCADE, related_name="travel_from")
    destination = models.ForeignKey(Zone, models.CASCADE, related_name="travel_to")
    minutes = models.PositiveSmallIntegerField(_("minutes by bus"))
    car_minutes = models.PositiveSmallIntegerField(_("minutes by car"))

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        constraints = (models.UniqueConstraint(fields=("origin", "destination"), name="one_travel_time_per_pair"),)

    def __str__(self) -> str:
        return f"{self.origin} - {self.destination}: {self.minutes} / {self.car_minutes}"
