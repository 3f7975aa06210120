"""A vacancy pasted as text: read, and shown in the form of a role to confirm. Nothing is saved here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from workforce.core.errors import InvalidInput
from workforce.employers.forms import PasteForm, RoleForm
from workforce.employers.pasting import initial_of_reading
from workforce.employers.reading.vacancy import read_vacancy
from workforce.employers.views.common import organization_of_editor
from workforce.employers.views.edit import role_form_page


@require_http_methods(["GET", "HEAD", "POST"])
def role_paste(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the text of a vacancy; answer with the form of a new role, filled in with what was read."""
    organization = organization_of_editor(request, slug)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reading = read_vacancy(form.cleaned_data["text"], request.LANGUAGE_CODE[:2])
        except InvalidInput as refused:
            form.add_error("text", str(refused))
        else:
            plants = list(organization.plants.order_by("name", "pk")[:2])
            initial = initial_of_reading(reading) | ({"plant": plants[0].pk} if len(plants) == 1 else {})
            filled = RoleForm(organization=organization, initial=initial)
            return role_form_page(request, organization, filled, None, reading=reading, no_plants=not plants)
    context = {"organization": organization, "form": form}
    return render(request, "employers/role_paste.html", context)
