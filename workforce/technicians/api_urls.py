"""API addresses of technicians."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
