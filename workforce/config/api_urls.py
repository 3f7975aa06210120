"""Every address under /api/v1/. Each app brings its own in ``api_urls.py``."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("workforce.core.api.urls")),
    path("", include("workforce.accounts.api_urls")),
    path("", include("workforce.places.api_urls")),
    path("", include("workforce.skills.api_urls")),
    path("", include("workforce.technicians.api_urls")),
    path("", include("workforce.employers.api_urls")),
    path("", include("workforce.hiring.api_urls")),
    path("", include("workforce.training.api_urls")),
    path("", include("workforce.notifications.api_urls")),
    path("", include("matching.api_urls")),
]
