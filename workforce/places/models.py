"""Zones of the region and the travel time between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Country


class Zone(models.Model):
    """A part of a city where people live or plants stand. Names are not translated."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    city = models.CharField(_("city"), max_length=60)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    latitude = models.FloatField(_("latitude (approximate)"))
    longitude = models.FloatField(_("longitude (approximate)"))

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ("country", "city", "name", "pk")

    def __str__(self) -> str:
        return self.name if self.name == self.city else f"{self.name}, {self.city}"


class ZoneTravel(models.Model):
    """Minutes by public transport or company bus from one zone to another (approximate, both ways stored)."""

    origin = models.ForeignKey(Zone, models.CASCADE, related_name="travel_from")
    destination = models.ForeignKey(Zone, models.CASCADE, related_name="travel_to")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        constraints = (models.UniqueConstraint(fields=("origin", "destination"), name="one_travel_time_per_pair"),)

    def __str__(self) -> str:
        return f"{self.origin} - {self.destination}: {self.minutes}"
