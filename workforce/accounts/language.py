"""Where a reader lands who changes the language of a page."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override

HOME = "/"


def safe_next(request: HttpRequest) -> str:
    """Return the address on this site to go back to: ``next``, else the page that the reader came from, else home."""
    for address in (request.POST.get("next", ""), request.headers.get("referer", "")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return HOME


def same_page_in(address: str, language: str) -> str:
    """Return ``address`` in the other language: /es/ and /en/ are exchanged, the query string stays.

    An address under /en/ can only be looked up while English is active, whatever the reader's language is.
    """
    own = get_language_from_path(urlsplit(address).path)
    with override(own or language):
        return translate_url(address, language)
