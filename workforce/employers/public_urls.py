"""Public addresses of employers, under /es/ and /en/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
