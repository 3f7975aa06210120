"""Where to go back to: an address that came with a request is followed only if it is on this site."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, *asked: str | None) -> str:
    """Return the first of the addresses that is on this site, as path or in full, else an empty text.

    A bare word is none: ``redirect`` would take it for the name of a page.
    """
    for address in asked:
        if (
            address
            and (address.startswith("/") or "://" in address)
            and url_has_allowed_host_and_scheme(
                address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
            )
        ):
            return address
    return ""
