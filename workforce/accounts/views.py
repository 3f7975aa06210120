"""Pages of accounts: language switch, an organization's own page."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts import access, identity, services
from workforce.accounts.access import Act
from workforce.accounts.forms import OrganizationForm
from workforce.accounts.language import page_before, same_page_in
from workforce.accounts.members_views import organization_for
from workforce.accounts.models import Organization, User
from workforce.accounts.tiles import tiles_for
from workforce.accounts.verification_forms import IdentityForm
from workforce.core.choices import Language
from workforce.core.errors import DomainError, StaleRevision


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay on the page; the account and a cookie remember it."""
    address = page_before(request)
    language = request.POST.get("language", "")
    if language not in Language.values:
        return redirect(address)
    if request.user.is_authenticated:
        services.set_language(user=request.user, language=language)
    response = redirect(same_page_in(address, language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_safe
def organization_home(request: HttpRequest, slug: str) -> HttpResponse:
    """An organization's own page: where its members start."""
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        raise Http404
    position = access.position_of(request.user, organization)  # read once for both questions
    if position not in access.MAY[Act.LOOK]:
        raise Http404
    owns = position in access.MAY[Act.EDIT]
    context = {"organization": organization, "tiles": tiles_for(organization, owns=owns), "owns": owns}
    return render(request, "accounts/organization_home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organization_create(request: HttpRequest) -> HttpResponse:
    """Register an organization; its owner is whoever does it."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organization = services.create_organization(user=cast(User, request.user), **form.cleaned_data)
        messages.success(request, _("Your organization is registered."))
        return redirect("organization-home", slug=organization.slug)
    return render(request, "accounts/organization_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def organization_identity(request: HttpRequest, slug: str) -> HttpResponse:
    """What the organization is: legal name, tax number, what it does."""
    organization, user = organization_for(request, slug, Act.EDIT)
    form = IdentityForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = identity.save_identity(
                actor=user,
                organization_id=organization.pk,
                identity=form.identity(),
                revision=data["revision"],
                confirmed=data.get("confirmed", False),
                as_on_paper=data["as_on_paper"],
            )
        except DomainError as error:
            form.show(error)
            if isinstance(error, StaleRevision):  # sending what is seen now once more is a decision on the newest
                form.data = request.POST.dict() | {"revision": error.current}
        else:
            _say_saved(request, organization, saved)
            return redirect("organization-home", slug=slug)
    context = {"organization": organization, "form": form}
    return render(request, "accounts/organization_identity.html", context, status=400 if form.errors else 200)


def _say_saved(request: HttpRequest, before: Organization, after: Organization) -> None:
    if before.is_verified and not after.is_verified:
        messages.warning(request, _("Saved. Our staff looks at your organization again; until then nothing is public."))
    else:
        messages.success(request, _("Saved."))
