"""Public pages, under /es/ and /en/."""

from django.urls import path

from workforce.core import views

urlpatterns = [path("", views.home, name="home")]
