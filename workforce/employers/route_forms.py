"""Forms of routes and their stops."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Shift
from workforce.employers.models import Route, RouteStop
from workforce.places.forms import ZoneField
from workforce.technicians.forms.conflicts import RevisionMixin


class RouteForm(RevisionMixin):
    """A route by name, for one shift or for all."""

    name = forms.CharField(label=_("Name of the route"), max_length=80)
    shift = forms.ChoiceField(label=_("Shift"), choices=[("", _("Every shift")), *Shift.choices], required=False)

    def __init__(self, *args: Any, route: Route | None = None, **kwargs: Any) -> None:
        initial = {"name": route.name, "shift": route.shift} if route else {}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.remember(route.revision if route else None)


class StopForm(RevisionMixin):
    """Where and when the bus takes people on."""

    name = forms.CharField(
        label=_("Where it stops"), max_length=120, help_text=_("A corner, a shop, a bus stop: what people know.")
    )
    zone = ZoneField(label=_("Zone"))
    time = forms.TimeField(
        label=_("Passes at"),
        help_text=_("By the clock of the plant, from 00:00 to 23:59."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )

    def __init__(self, *args: Any, stop: RouteStop | None = None, **kwargs: Any) -> None:
        initial = {"name": stop.name, "zone": stop.zone_id, "time": stop.time} if stop else {}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["zone"].offer(stop.zone_id if stop else None)  # type: ignore[attr-defined]
        self.remember(stop.revision if stop else None)
