"""Which language to answer in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control

LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


def chosen_language(request: HttpRequest) -> str:
    """Return the reader's language for a page without a language in its address.

    In order: ``?lang=`` (API only), the choice stored with the account, the cookie of the language switch, the
    browser's Accept-Language, Spanish.
    """
    if request.path_info.startswith("/api/") and (asked := request.GET.get("lang")) in LANGUAGES:
        return str(asked)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.language in LANGUAGES:
        return str(user.language)
    return translation.get_language_from_request(request)


class NothingKeptMiddleware:
    """Has browsers keep nothing that a logged-in person was shown: the next one on a shared phone presses "back"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer when somebody is logged in, before or after it was made (log-in and log-out)."""
        before = request.user.is_authenticated
        response = self.get_response(request)
        if before or request.user.is_authenticated:
            patch_cache_control(response, no_cache=True, no_store=True, must_revalidate=True, private=True)
        return response


class ReaderLanguageMiddleware(LocaleMiddleware):
    """Django's, but an account's language wins over cookie and browser; an address under /es/ or /en/ wins over all."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the reader's language."""
        language = translation.get_language_from_path(request.path_info) or chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
