"""Every address of Puente. Public pages carry their language (/es/, /en/); the rest follow the reader's."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from workforce.config.home import home

# The admin's own form would ask for no second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("workforce.core.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("workforce.accounts.urls")),
    path("api/v1/", include("workforce.config.api_urls")),
    path("staff/admin/", admin.site.urls),
    path("", include("workforce.imports.urls")),
    path("", include("workforce.technicians.urls")),
    path("", include("workforce.employers.urls")),
    path("", include("workforce.hiring.urls")),
    path("", include("workforce.training.urls")),
    path("", include("workforce.notifications.urls")),
    path("", include("workforce.privacy.urls")),
    path("", include("workforce.skills.urls")),
    path("", include("matching.urls")),
    *i18n_patterns(
        path("", home, name="home"),
        path("", include("workforce.employers.public_urls")),
        path("", include("workforce.skills.public_urls")),
        path("", include("workforce.privacy.public_urls")),
        path("", include("matching.public_urls")),
        prefix_default_language=True,
    ),
]

handler400 = "workforce.config.error_pages.bad_request"
handler403 = "workforce.config.error_pages.permission_denied"
handler404 = "workforce.config.error_pages.page_not_found"
handler500 = "workforce.config.error_pages.server_error"
