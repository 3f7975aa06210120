"""Where a reader lands who changes the language of a page."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_from_path, override

from workforce.core.returning import own_address

HOME = "/"


def page_before(request: HttpRequest) -> str:
    """Return the address on this site to go back to: ``next``, else the page that the reader came from, else home."""
    return own_address(request, request.POST.get("next"), request.headers.get("referer")) or HOME


def same_page_in(address: str, language: str) -> str:
    """Return ``address`` in the other language: /es/ and /en/ are exchanged, the query string stays.

    An address under /en/ can only be looked up while English is active, whatever the reader's language is.
    """
    own = get_language_from_path(urlsplit(address).path)
    with override(own or language):
        return translate_url(address, language)
