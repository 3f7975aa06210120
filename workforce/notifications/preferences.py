"""When who wants to be told of what, by which channel."""

from __future__ import annotations

from collections.abc import Iterable

from workforce.notifications.choices import Cadence, Category, Channel
from workforce.notifications.models import Preference

DEFAULTS: dict[tuple[str, str], str] = {
    (Category.APPLICATIONS, Channel.EMAIL): Cadence.NOW,
    (Category.MATCHES, Channel.EMAIL): Cadence.DAILY,
    (Category.ORGANIZATION, Channel.EMAIL): Cadence.NOW,
    (Category.SECURITY, Channel.EMAIL): Cadence.NOW,
    # Everything else is asked for by the person: a text message costs money, and tips need consent.
}
FIXED = frozenset({Category.SECURITY})


def default_cadence(category: str, channel: str) -> str:
    """Return when a person is told who has not said anything."""
    return DEFAULTS.get((category, channel), Cadence.NEVER)


def cadences(user_ids: Iterable[int], category: str) -> dict[tuple[int, str], str]:
    """Return the cadence for each user and channel of one category, in one query."""
    ids = list(user_ids)
    rows = Preference.objects.filter(user_id__in=ids, category=category).values_list("user_id", "channel", "cadence")
    said = {(user_id, channel): cadence for user_id, channel, cadence in rows}
    return {
        (user_id, channel): said.get((user_id, channel), default_cadence(category, channel))
        for user_id in ids
        for channel in Channel.values
    }


def cadences_of(user_id: int) -> dict[tuple[str, str], str]:
    """Return the cadence for each category and channel of one person, in one query."""
    rows = Preference.objects.filter(user_id=user_id).values_list("category", "channel", "cadence")
    said = {(category, channel): cadence for category, channel, cadence in rows}
    return {
        (category, channel): said.get((category, channel), default_cadence(category, channel))
        for category in Category.values
        for channel in Channel.values
    }
