"""Routes of a plant's company bus: members look, editors keep them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workforce.accounts.access import can_edit_roles
from workforce.core.errors import StaleRevision
from workforce.employers import routing
from workforce.employers.models import Plant, Route, RouteStop
from workforce.employers.route_forms import RouteForm, StopForm
from workforce.employers.views.common import organization_of_editor, organization_of_member
from workforce.technicians.forms.conflicts import Difference, RevisionMixin, save_or_compare

Saved = tuple[bool, list[Difference]]
View = Callable[..., HttpResponse]


def gone_is_missing(view: View) -> View:
    """Answer 404 when somebody else removed the route or the stop while this request was under way."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except ObjectDoesNotExist as gone:
            raise Http404 from gone

    return guarded


def _plant(request: HttpRequest, slug: str, pk: int) -> Plant:
    """Return a plant whose routes the reader may look at."""
    organization = organization_of_member(request, slug)
    plant = Plant.objects.filter(organization=organization, pk=pk).select_related("organization", "zone").first()
    if plant is None:
        raise Http404
    return plant


def _route(request: HttpRequest, slug: str, pk: int, route_pk: int) -> Route:
    """Return a route that the reader may change."""
    organization = organization_of_editor(request, slug)
    routes = Route.objects.filter(plant__organization=organization, plant_id=pk, pk=route_pk)
    route = routes.select_related("plant__organization").first()
    if route is None:
        raise Http404
    return route


def _stop(route: Route, stop_pk: int) -> RouteStop:
    stop = route.stops.filter(pk=stop_pk).select_related("zone").first()
    if stop is None:
        raise Http404
    return stop


def _save(form: RevisionMixin, fresh: Callable[[], RevisionMixin], save: Callable[[int | None], Any]) -> Saved:
    """Save a posted form; return whether that was done, and what somebody else saved meanwhile."""
    if not form.is_valid():
        return False, []
    try:
        differences = save_or_compare(form, fresh, save)
    except ValidationError as found:
        form.add_error(None, found)
        return False, []
    return not differences, differences


def _revision(request: HttpRequest) -> int:
    """The revision that a button was drawn with; 0, which none is at, for anything else."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def plant_routes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the routes of a plant with their stops; editors add one below."""
    plant = _plant(request, slug, pk)
    form = RouteForm()
    if request.method == "POST":
        organization_of_editor(request, slug)
        form = RouteForm(request.POST)
        if form.is_valid():
            name, shift = form.cleaned_data["name"], form.cleaned_data["shift"]
            try:
                route = routing.save_route(plant=plant, name=name, shift=shift)
            except ValidationError as found:
                form.add_error(None, found)
            else:
                messages.success(request, _("The route is there. Now add its stops."))
                return redirect("route-edit", slug, pk, route.pk)
    context = {
        "organization": plant.organization,
        "plant": plant,
        "routes": plant.routes.prefetch_related("stops__zone"),
        "form": form,
        "may_edit": can_edit_roles(request.user, plant.organization),
    }
    return render(request, "employers/plant_routes.html", context)


def _route_page(
    request: HttpRequest,
    route: Route,
    form: RouteForm | None = None,
    stop_form: StopForm | None = None,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    context = {
        "organization": route.plant.organization,
        "plant": route.plant,
        "route": route,
        "stops": route.stops.select_related("zone"),
        "form": form or RouteForm(route=route),
        "stop_form": stop_form or StopForm(auto_id="stop_%s"),
        "differences": differences or [],
    }
    return render(request, "employers/route_form.html", context, status=409 if differences else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gone_is_missing
def route_edit(request: HttpRequest, slug: str, pk: int, route_pk: int) -> HttpResponse:
    """Change the name and shift of a route; its stops stand below."""
    route = _route(request, slug, pk, route_pk)
    if request.method != "POST":
        return _route_page(request, route)
    form = RouteForm(request.POST, route=route)

    def save(revision: int | None) -> Route:
        name, shift = form.cleaned_data["name"], form.cleaned_data["shift"]
        return routing.save_route(plant=route.plant, name=name, shift=shift, route=route, revision=revision or 0)

    done, differences = _save(form, lambda: RouteForm(request.POST, route=Route.objects.get(pk=route.pk)), save)
    if done:
        messages.success(request, _("The route is saved."))
        return redirect("plant-routes", slug, pk)
    return _route_page(request, route, form=form, differences=differences)


@require_POST
@gone_is_missing
def route_remove(request: HttpRequest, slug: str, pk: int, route_pk: int) -> HttpResponse:
    """Remove a route, unless it was changed since the reader saw it."""
    route = _route(request, slug, pk, route_pk)
    try:
        routing.remove_route(route=route, revision=_revision(request))
    except StaleRevision as stale:
        messages.warning(request, str(stale))
        return redirect("route-edit", slug, pk, route_pk)
    messages.success(request, _("The route is removed."))
    return redirect("plant-routes", slug, pk)


@require_POST
@gone_is_missing
def route_stops(request: HttpRequest, slug: str, pk: int, route_pk: int) -> HttpResponse:
    """Add a stop to a route; the time puts it in its place."""
    route = _route(request, slug, pk, route_pk)
    form = StopForm(request.POST, auto_id="stop_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            routing.save_stop(route=route, zone=data["zone"], name=data["name"], time=data["time"])
        except ValidationError as found:
            form.add_error(None, found)
        else:
            messages.success(request, _("The stop is added."))
            return redirect("route-edit", slug, pk, route_pk)
    return _route_page(request, route, stop_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@gone_is_missing
def stop_edit(request: HttpRequest, slug: str, pk: int, route_pk: int, stop_pk: int) -> HttpResponse:
    """Change a stop."""
    route = _route(request, slug, pk, route_pk)
    stop = _stop(route, stop_pk)
    form, differences = StopForm(stop=stop), list[Difference]()
    if request.method == "POST":
        form = StopForm(request.POST, stop=stop)

        def save(revision: int | None) -> RouteStop:
            data = form.cleaned_data
            values = {"zone": data["zone"], "name": data["name"], "time": data["time"]}
            return routing.save_stop(route=route, stop=stop, revision=revision or 0, **values)

        done, differences = _save(form, lambda: StopForm(request.POST, stop=_stop(route, stop_pk)), save)
        if done:
            messages.success(request, _("The stop is saved."))
            return redirect("route-edit", slug, pk, route_pk)
    context: dict[str, Any] = {"organization": route.plant.organization, "plant": route.plant, "route": route}
    context |= {"stop": stop, "form": form, "differences": differences}
    return render(request, "employers/stop_form.html", context, status=409 if differences else 200)


@require_POST
@gone_is_missing
def stop_remove(request: HttpRequest, slug: str, pk: int, route_pk: int, stop_pk: int) -> HttpResponse:
    """Remove a stop, unless it was changed since the reader saw it; pressed twice it is removed once."""
    route = _route(request, slug, pk, route_pk)
    try:
        routing.remove_stop(route=route, stop=RouteStop(pk=stop_pk), revision=_revision(request))
    except StaleRevision as stale:
        messages.warning(request, str(stale))
    else:
        messages.success(request, _("The stop is removed."))
    return redirect("route-edit", slug, pk, route_pk)
