"""What is refused before any view sees it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from workforce.core.api.problems import problem_response
from workforce.core.middleware import LANGUAGES

API = "/api/"


class RefuseUnusableAddresses:
    """A NUL in an address (PostgreSQL cannot be asked for one) and a language that Puente does not speak: 400.

    Stands after the language middleware, so that the answer is in the reader's language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass on."""
        for_api = request.path_info.startswith(API)
        if "\x00" in request.path_info or b"\x00" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            if for_api:
                return problem_response(request, "malformed_request")
            raise BadRequest("NUL in the address")
        if for_api and (lang := request.GET.get("lang")) is not None and lang not in LANGUAGES:
            return problem_response(request, "invalid_input", _("Puente speaks es and en."), field="lang")
        return self.get_response(request)
