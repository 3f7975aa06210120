"""Public addresses of matching, under the language."""

from django.urls import URLPattern, path

from matching import views

urlpatterns: list[URLPattern] = [path("how-matching-works/", views.how_matching_works, name="how-matching-works")]
