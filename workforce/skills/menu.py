"""What skills add to the header."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workforce.core.navigation import NavItem
from workforce.skills.access import can_review_phrases


def staff_items(request: HttpRequest) -> Iterable[NavItem]:
    """Staff who look after the taxonomy find the words that no skill is called."""
    if can_review_phrases(request.user):
        yield NavItem(_("Words without a skill"), "phrase-list", "match", order=65)
