"""Addresses of matching."""

from django.urls import URLPattern, path

from matching import preview_views, views

urlpatterns: list[URLPattern] = [
    path("me/matches/", views.my_matches, name="my-matches"),
    path("me/learn/", views.my_learning, name="my-learning"),
    path("org/<slug:slug>/roles/new/preview/", preview_views.role_preview, name="role-preview"),
    path("org/<slug:slug>/roles/<int:pk>/preview/", preview_views.role_edit_preview, name="role-edit-preview"),
    path("org/<slug:slug>/roles/<int:pk>/candidates/", views.role_candidates, name="role-candidates"),
    path("org/<slug:slug>/applications/<uuid:ref>/score/", views.application_score, name="application-score"),
    path("roles/<int:pk>/fit/", views.role_fit, name="role-fit"),
]
