"""Web addresses of employers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
