"""API addresses of places."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
