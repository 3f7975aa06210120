"""Addresses without a language: the way in, health, the style guide."""

from django.urls import path

from workforce.core import views
from workforce.core.styleguide import styleguide

urlpatterns = [
    path("", views.root, name="root"),
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("styleguide/", styleguide, name="styleguide"),
]
