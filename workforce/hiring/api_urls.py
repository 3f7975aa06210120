"""API addresses of hiring."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
