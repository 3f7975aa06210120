"""How often somebody may ask what a role that is not saved would bring.

By changing one thing again and again one could find out more of people than their cards say, so the page and the API
count together.
"""

from __future__ import annotations

from django.conf import settings
from rest_framework.throttling import UserRateThrottle


class PreviewThrottle(UserRateThrottle):
    """So many previews by one account."""

    scope = "preview"

    def get_rate(self) -> str | None:
        """The setting as it is now."""
        rate: str | None = settings.PREVIEW_RATE
        return rate
