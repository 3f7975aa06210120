"""Pages of an organization's members."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts import access, invitations, members
from workforce.accounts.access import Act
from workforce.accounts.members_forms import InviteForm, PositionForm
from workforce.accounts.models import Invitation, Organization, User
from workforce.core.errors import DomainError, NotThere

PAGE = 25
SHOWN_INVITATIONS = 20


def organization_for(request: HttpRequest, slug: str, act: Act) -> tuple[Organization, User]:
    """Return the organization and its member who asks, if they may do this; 404 for everybody else."""
    organization = get_object_or_404(Organization, slug=slug)
    if not isinstance(request.user, User) or not access.may(request.user, organization, act):
        raise Http404
    return organization, request.user


@require_safe
def member_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to the organization; for owners also whom they invited."""
    organization, user = organization_for(request, slug, Act.LOOK)
    rows = organization.memberships.select_related("user").order_by("created_at", "pk")
    may_keep = access.can_keep_members(user, organization)
    context = {
        "organization": organization,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "mine": organization.memberships.get(user=user),
        "may_keep": may_keep,
        "invitations": _recent_invitations(organization) if may_keep else [],
    }
    return render(request, "accounts/member_list.html", context)


def _recent_invitations(organization: Organization) -> list[Invitation]:
    rows = organization.invitations.select_related("invited_by", "accepted_by")
    return list(rows.order_by("-created_at", "-pk")[:SHOWN_INVITATIONS])


@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another position, or remove them."""
    organization, user = organization_for(request, slug, Act.KEEP_MEMBERS)
    member = get_object_or_404(organization.memberships.select_related("user"), pk=pk)
    form = PositionForm(request.POST or None, organization=organization, initial={"position": member.position})
    if request.method == "POST" and form.is_valid():
        position = form.cleaned_data["position"]
        try:
            members.change_position(actor=user, organization_id=organization.pk, membership_id=pk, position=position)
        except DomainError as error:
            form.show(error)
        else:
            messages.success(request, _("The position was changed."))
            return redirect("members", slug=slug)
    context = {"organization": organization, "member": member, "form": form, "is_me": member.user_id == user.pk}
    return render(request, "accounts/member_form.html", context, status=400 if form.errors else 200)


@require_POST
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a member, or leave."""
    organization, user = organization_for(request, slug, Act.LOOK)
    member = get_object_or_404(organization.memberships.all(), pk=pk)
    leaves = member.user_id == user.pk
    if not leaves and not access.can_keep_members(user, organization):
        raise Http404
    try:
        members.remove_member(actor=user, organization_id=organization.pk, membership_id=pk)
    except NotThere:
        pass  # gone is what was asked for
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("members", slug=slug)
    if leaves:
        messages.success(request, _("You left %(organization)s.") % {"organization": organization.name})
        return redirect("after-login")
    messages.success(request, _("The person is not a member any more."))
    return redirect("members", slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody. The link stands in the answer to the form and nowhere else: it is not stored."""
    organization, user = organization_for(request, slug, Act.KEEP_MEMBERS)
    form = InviteForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = invitations.invite(
                actor=user, organization_id=organization.pk, address=accept_address(request), **form.cleaned_data
            )
        except DomainError as error:
            form.show(error)
        else:
            link = accept_address(request).replace(invitations.PLACE, token)
            context = {"organization": organization, "invitation": invitation, "link": link}
            return render(request, "accounts/invitation_made.html", context)
    context = {"organization": organization, "form": form}
    return render(request, "accounts/invitation_form.html", context, status=400 if form.errors else 200)


def accept_address(request: HttpRequest) -> str:
    """The whole address where an invitation is accepted, with a place for its token."""
    return request.build_absolute_uri(f"/invitations/{invitations.PLACE}/").replace("%7Btoken%7D", invitations.PLACE)


@require_POST
def invitation_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    organization, user = organization_for(request, slug, Act.KEEP_MEMBERS)
    get_object_or_404(organization.invitations.all(), pk=pk)
    try:
        invitations.revoke(actor=user, organization_id=organization.pk, invitation_id=pk)
        messages.success(request, _("The invitation was taken back: its link does not work any more."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("members", slug=slug)
