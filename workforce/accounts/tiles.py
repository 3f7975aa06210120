"""What an organization's page offers, by what the organization does. Addresses are named, not imported."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization


@dataclass(frozen=True)
class Tile:
    """One way to go from an organization's page."""

    title: str | Promise
    text: str | Promise
    icon: str
    url_name: str
    href: str = ""


HIRING = (
    Tile(_("Roles"), _("Your vacancies: write, publish, close, and see who fits."), "role", "org-roles"),
    Tile(
        _("New role"),
        _("Write it in Spanish or English; its skills match in both."),
        "plus",
        "role-create",
    ),
    Tile(_("Plants"), _("Where people work: zone, industrial park, company bus."), "factory", "org-plants"),
)
TRAINING = (
    Tile(_("Programmes"), _("What you teach, and the skills people leave with."), "cap", "programmes"),
    Tile(_("Cohorts"), _("Your groups and the people in them."), "people", "cohorts"),
    Tile(_("Placements"), _("Who was placed, where and when."), "star", "placements"),
)
KEEPING = (Tile(_("Members"), _("Who works here with you, and inviting others."), "people", "members"),)


def tiles_for(organization: Organization) -> list[Tile]:
    """Return the tiles for what the organization does; one whose page does not exist is left out."""
    hires = organization.is_employer or organization.is_agency
    wanted = (HIRING if hires else ()) + (TRAINING if organization.is_institute else ()) + KEEPING
    found = []
    for tile in wanted:
        try:
            href = reverse(tile.url_name, args=(organization.slug,))
        except NoReverseMatch:
            continue
        found.append(Tile(tile.title, tile.text, tile.icon, tile.url_name, href))
    return found
