"""What the frame of a page needs in kiosk mode."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from workforce.accounts import kiosk as mode

WARNING = 30  # seconds before the end at which the page asks whether somebody is there


def kiosk(request: HttpRequest) -> dict[str, Any]:
    """Offer ``kiosk``: None, or after how many seconds the page gives way, and whether it is the one to rest on."""
    if mode.of_request(request) is None:
        return {"kiosk": None}
    seconds = mode.seconds_left(request.session)
    rests = request.resolver_match is not None and request.resolver_match.view_name == "kiosk"
    return {"kiosk": {"seconds": seconds, "refresh": seconds + 1, "warn": min(WARNING, seconds // 2), "rests": rests}}
