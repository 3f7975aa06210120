"""Context processors: what every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language
from workforce.core.navigation import NavItem, links_for, register


def demo(request: HttpRequest) -> dict[str, Any]:
    """Offer the invented log-ins, in demo mode only."""
    return {"demo_logins": settings.DEMO_LOGINS if settings.DEMO else []}


def contact(request: HttpRequest) -> dict[str, Any]:
    """Offer the address of the staff, empty where nobody set one."""
    return {"contact_email": settings.CONTACT_EMAIL}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Offer the links of the header and the language that the reader could switch to.

    The links are found when a template first asks, so a fragment or an e-mail pays no query for them.
    """
    return {
        "navigation": SimpleLazyObject(lambda: links_for(request)),
        "other_language": lazy(_other_language, str)(),
    }


def _other_language() -> str:
    return Language.ENGLISH if (get_language() or "").startswith("es") else Language.SPANISH


@register
def public_and_personal_items(request: HttpRequest) -> list[NavItem]:
    """What anybody may see, and what is a technician's own or an organization's."""
    search = NavItem(_("Roles"), "role-search", "search", order=10)
    if not request.user.is_authenticated:
        return [search]
    fields = ("name", "slug", "is_employer", "is_agency", "is_institute")
    organizations = list(request.user.organizations.order_by("name", "pk").values_list(*fields))
    if len(organizations) == 1:
        name, slug, is_employer, is_agency, is_institute = organizations[0]
        return [search, *organization_items(name, slug, hires=is_employer or is_agency, trains=is_institute)]
    if organizations:
        return [
            search,
            *(NavItem(name, "organization-home", "home", (slug,), 20) for name, slug, *_rest in organizations),
        ]
    return [
        NavItem(_("For you"), "my-matches", "match", order=5),
        search,
        NavItem(_("Applications"), "my-applications", "send", order=30),
        NavItem(_("Profile"), "profile", "person", order=40),
    ]


def organization_items(name: str, slug: str, *, hires: bool, trains: bool) -> list[NavItem]:
    """The ways into the one organization of a member: its page, its vacancies, its groups and placements."""
    items = [NavItem(name, "organization-home", "home", (slug,), 1)]
    if hires:
        items.append(NavItem(_("Our roles"), "org-roles", "role", (slug,), 2))
    if trains:
        items.append(NavItem(_("Cohorts"), "cohorts", "people", (slug,), 3))
        items.append(NavItem(_("Placements"), "placements", "star", (slug,), 4))
    return items
