"""Routes of company buses: kept by members, each function one use-case in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from workforce.core.errors import StaleRevision
from workforce.employers.models import Plant, Route, RouteStop
from workforce.places.models import Zone

MAX_ROUTES = 60  # of a plant
MAX_STOPS = 60  # of a route
DAY = 24 * 60
LONGEST = 4 * 60  # minutes from the first stop to the last: whoever is on board longer got a time wrong


def _minute(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def passing_order(stops: Sequence[RouteStop]) -> list[RouteStop]:
    """Return stops in the order in which a bus passes them, also over midnight.

    The clock goes round, so the way starts after the longest time without a stop.
    """
    by_clock = sorted(stops, key=lambda stop: stop.time)
    if len(by_clock) < 2:
        return by_clock
    minutes = [_minute(stop.time) for stop in by_clock]
    pauses = [minutes[0] + DAY - minutes[-1], *(later - before for before, later in pairwise(minutes))]
    start = pauses.index(max(pauses))
    return by_clock[start:] + by_clock[:start]


def _lasts(ordered: Sequence[RouteStop]) -> int:
    """Minutes from the first stop to the last."""
    return (_minute(ordered[-1].time) - _minute(ordered[0].time)) % DAY if ordered else 0


def lock_route(route_id: int, revision: int | None = None) -> Route:
    """Return the route, locked until the transaction ends; raise StaleRevision unless it is at ``revision``."""
    route = Route.objects.select_for_update(of=("self",)).select_related("plant").get(pk=route_id)
    if revision is not None and route.revision != revision:
        raise StaleRevision(route.revision)
    return route


@transaction.atomic
def save_route(
    *, plant: Plant, name: str, shift: str, route: Route | None = None, revision: int | None = None
) -> Route:
    """Make a route of a plant, or change one, and return it.

    Raises ValidationError by field, also when the plant has another route of this name for this shift, and
    StaleRevision when somebody saved the route since ``revision``.
    """
    plant = Plant.objects.select_for_update(no_key=True, of=("self",)).get(pk=plant.pk)
    if route is None:
        if plant.routes.count() >= MAX_ROUTES:
            raise ValidationError(_("A plant has at most %(most)d routes."), "too_many", {"most": MAX_ROUTES})
        target = Route(plant=plant)
    else:
        target = lock_route(route.pk, revision)
        target.revision += 1
    target.name, target.shift = " ".join(name.split()), shift
    others = plant.routes.filter(name=target.name, shift=target.shift).exclude(pk=target.pk)
    if others.exists():
        message = _("There is a route of this name for this shift already.")
        raise ValidationError({"name": [ValidationError(message, "unique")]})
    target.full_clean()
    target.save()
    return target


@transaction.atomic
def remove_route(*, route: Route, revision: int) -> None:
    """Remove a route with its stops; one that is gone already stays gone. Raises StaleRevision."""
    if Route.objects.filter(pk=route.pk).exists():
        lock_route(route.pk, revision).delete()


@transaction.atomic
def save_stop(
    *,
    route: Route,
    zone: Zone,
    name: str,
    time: datetime.time,
    stop: RouteStop | None = None,
    revision: int | None = None,
) -> RouteStop:
    """Add a stop to a route, or change one, put all stops in order, and return it.

    The same stop sent twice is one stop. Raises ValidationError by field, and StaleRevision when somebody saved this
    stop since ``revision``; ``RouteStop.DoesNotExist`` when somebody removed it.
    """
    route = lock_route(route.pk)
    name, time = " ".join(name.split()), time.replace(second=0, microsecond=0, tzinfo=None)
    stops = list(route.stops.select_related("zone"))
    if stop is None:
        for there in stops:
            if (there.zone_id, there.name, there.time) == (zone.pk, name, time):
                return there
        target = RouteStop(route=route)
        stops.append(target)
    else:
        target = _at_revision(stops, stop.pk, revision)
        target.revision += 1
    target.zone, target.name, target.time = zone, name, time
    target.full_clean(validate_unique=False, validate_constraints=False)
    _check_times(target, stops)
    target.save()
    _renumber(route, stops)
    return target


def _at_revision(stops: Sequence[RouteStop], pk: int, revision: int | None) -> RouteStop:
    found = next((there for there in stops if there.pk == pk), None)
    if found is None:
        raise RouteStop.DoesNotExist
    if revision is not None and found.revision != revision:
        raise StaleRevision(found.revision)
    return found


def _check_times(target: RouteStop, stops: Sequence[RouteStop]) -> None:
    if len(stops) > MAX_STOPS:
        raise ValidationError(_("A route has at most %(most)d stops."), "too_many", {"most": MAX_STOPS})
    if any(there is not target and there.time == target.time for there in stops):
        message = _("The bus is at another stop at this time.")
        raise ValidationError({"time": [ValidationError(message, "unique")]})
    if _lasts(passing_order(stops)) > LONGEST:
        message = _("With this time the route would take more than %(hours)d hours. Each shift has a route of its own.")
        raise ValidationError({"time": [ValidationError(message, "too_long", {"hours": LONGEST // 60})]})


def _renumber(route: Route, stops: Sequence[RouteStop]) -> None:
    """Store the order, and count the route's revision up: whoever removes it must have seen this stop."""
    for order, stop in enumerate(passing_order(stops), start=1):
        if stop.order != order:
            stop.order = order
            stop.save(update_fields=("order",))
    route.revision += 1
    route.save(update_fields=("revision", "updated_at"))


@transaction.atomic
def remove_stop(*, route: Route, stop: RouteStop, revision: int) -> None:
    """Remove a stop; one that is gone already stays gone. Raises StaleRevision when somebody saved it since."""
    route = lock_route(route.pk)
    stops = list(route.stops.all())
    try:
        target = _at_revision(stops, stop.pk, revision)
    except RouteStop.DoesNotExist:
        return
    stops.remove(target)
    target.delete()
    _renumber(route, stops)
