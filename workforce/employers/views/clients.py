"""For whom an agency hires, and who hires for us: one page, as an organization may be both."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workforce.accounts.access import can_edit_organization, can_edit_roles
from workforce.accounts.models import User
from workforce.core.errors import Conflict, DomainError
from workforce.employers import clients
from workforce.employers.forms import AskClientForm
from workforce.employers.views.common import organization_of_member

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def org_clients(request: HttpRequest, slug: str) -> HttpResponse:
    """The clients of an agency, with asking one more; and the agencies that say they hire for us."""
    organization = organization_of_member(request, slug)
    may_ask = organization.is_agency and can_edit_roles(request.user, organization)
    form, status = AskClientForm(request.POST or None), 200
    if request.method == "POST":
        if not may_ask:
            raise Http404
        status = 400
        if form.is_valid():
            name = form.cleaned_data["name"]
            try:
                clients.ask_client(actor=cast(User, request.user), agency_id=organization.pk, name=name)
            except DomainError as error:
                form.add_error("name" if "name" in error.errors else None, str(error))
                status = 409 if isinstance(error, Conflict) else 400
            else:
                text = _("We asked the company. Once it has confirmed, you can publish roles for it.")
                messages.success(request, text)
                return redirect("org-clients", slug)
    context = {
        "organization": organization,
        "form": form,
        "may_ask": may_ask,
        "clients": organization.clients.select_related("organization").order_by("organization__name", "pk")[:SHOWN],
        "agencies": organization.agencies.select_related("agency").order_by("agency__name", "pk")[:SHOWN],
        "may_answer": can_edit_organization(request.user, organization),
    }
    return render(request, "employers/client_list.html", context, status=status)


@require_POST
def client_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An owner of the client confirms, or says that the agency does not hire for it (any more)."""
    organization = organization_of_member(request, slug)
    if not can_edit_organization(request.user, organization):
        raise Http404
    get_object_or_404(organization.agencies.all(), pk=pk)
    answer = clients.confirm_client if request.POST.get("answer") == "yes" else clients.refuse_client
    try:
        answer(actor=cast(User, request.user), organization_id=organization.pk, client_id=pk)
        messages.success(request, _("Your answer is recorded."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("org-clients", slug)
