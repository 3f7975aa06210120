"""Pages for owners: a second factor for all members, and help for a member who lost theirs."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workforce.accounts import access, second_factor
from workforce.accounts.access import Act
from workforce.accounts.members_views import PAGE, organization_for
from workforce.core.errors import DomainError

HAS_APP = Exists(Authenticator.objects.filter(user_id=OuterRef("user_id"), type=Authenticator.Type.TOTP))


class RequirementForm(forms.Form):
    """Two buttons, one value."""

    required = forms.BooleanField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def organization_security(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether members need a second factor; for owners also who has one, and the switch."""
    organization, user = organization_for(request, slug, Act.LOOK)
    may_edit = access.can_edit_organization(user, organization)
    if request.method == "POST":
        if not may_edit:
            raise Http404
        form = RequirementForm(request.POST)
        required = form.is_valid() and form.cleaned_data["required"]
        if second_factor.require_of_members(actor=user, organization_id=organization.pk, required=required):
            text = _("From now on every member needs a two-step log-in.") if required else _("It is not required now.")
            messages.success(request, text)
        return redirect("organization-security", slug=slug)
    context = {"organization": organization, "may_edit": may_edit, "me": user, "page": None}
    if may_edit:
        rows = organization.memberships.select_related("user").annotate(has_app=HAS_APP).order_by("created_at", "pk")
        context["page"] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/organization_security.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_reset(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Reset the second factor of a member who lost it."""
    organization, actor = organization_for(request, slug, Act.KEEP_MEMBERS)
    member = get_object_or_404(organization.memberships.select_related("user"), pk=pk)
    if request.method == "POST":
        try:
            done = second_factor.reset(actor=actor, user_id=member.user_id, organization=organization)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("The two-step log-in was reset. We told the person.")
                if done
                else _("This person has no two-step log-in."),
            )
        return redirect("organization-security", slug=slug)
    context = {
        "organization": organization,
        "member": member,
        "may_reset": second_factor.can_reset(actor, member.user, organization),
        "is_me": member.user_id == actor.pk,
    }
    return render(request, "accounts/member_second_factor.html", context)
