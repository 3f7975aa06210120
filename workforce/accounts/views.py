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

from workforce.accounts import access, services
from workforce.accounts.forms import OrganizationForm
from workforce.accounts.language import safe_next, same_page_in
from workforce.accounts.models import Organization, User
from workforce.accounts.tiles import tiles_for
from workforce.core.choices import Language


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay on the page; the account and a cookie remember it."""
    address = safe_next(request)
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
    if organization is None or not access.can_view_organization(request.user, organization):
        raise Http404
    owns = access.can_edit_organization(request.user, organization)
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
