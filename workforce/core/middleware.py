"""Which language to answer in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

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


class ReaderLanguageMiddleware(LocaleMiddleware):
    """Django's, but an account's language wins over cookie and browser; an address under /es/ or /en/ wins over all."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the reader's language."""
        language = translation.get_language_from_path(request.path_info) or chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
