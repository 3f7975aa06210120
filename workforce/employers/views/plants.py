"""Plants of an organization: list, add, edit on one page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workforce.accounts.access import can_edit_roles
from workforce.accounts.models import Organization
from workforce.employers import services
from workforce.employers.choices import RoleState
from workforce.employers.forms import PlantForm
from workforce.employers.models import Plant
from workforce.employers.views.common import organization_of_editor, organization_of_member


def _save(request: HttpRequest, organization: Organization, plant: Plant) -> PlantForm | None:
    """Save what was posted; the form with its errors when it cannot be."""
    form = PlantForm(request.POST, instance=plant)
    if form.is_valid():
        try:
            services.save_plant(plant=form.save(commit=False))
        except ValidationError:
            form.add_error("name", _("You already have a plant with this name."))
        else:
            messages.success(request, _("The plant is saved."))
            return None
    return form


@require_http_methods(["GET", "HEAD", "POST"])
def org_plants(request: HttpRequest, slug: str) -> HttpResponse:
    """List the plants; whoever may post roles adds one below."""
    organization = organization_of_member(request, slug)
    may_edit = can_edit_roles(request.user, organization)
    form: PlantForm | None = PlantForm()
    if request.method == "POST":
        form = _save(request, organization_of_editor(request, slug), Plant(organization=organization))
        if form is None:
            return redirect("org-plants", slug)
    published = Count("roles", filter=Q(roles__state=RoleState.PUBLISHED), distinct=True)
    plants = (
        organization.plants.select_related("zone", "park")
        .annotate(published=published, route_count=Count("routes", distinct=True))
        .order_by("name", "pk")
    )
    context = {"organization": organization, "plants": plants, "form": form, "may_edit": may_edit}
    return render(request, "employers/plant_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plant_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change one plant."""
    organization = organization_of_editor(request, slug)
    plant = organization.plants.filter(pk=pk).first()
    if plant is None:
        raise Http404
    form: PlantForm | None = PlantForm(instance=plant)
    if request.method == "POST":
        form = _save(request, organization, plant)
        if form is None:
            return redirect("org-plants", slug)
    return render(request, "employers/plant_form.html", {"organization": organization, "plant": plant, "form": form})
