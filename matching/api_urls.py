"""API addresses of matching."""

from django.urls import path

from matching.api import preview, views

urlpatterns = [
    path("me/matches/", views.MyMatchesView.as_view(), name="api-my-matches"),
    path("me/advice/", views.MyAdviceView.as_view(), name="api-my-advice"),
    path("me/matches/<int:pk>/explain/", views.MyMatchExplainView.as_view(), name="api-my-match-explain"),
    path("roles/preview/", preview.RolePreviewView.as_view(), name="api-role-preview"),
    path("applications/<uuid:ref>/score/", views.ApplicationScoreView.as_view(), name="api-application-score"),
    path("roles/<int:pk>/matches/", views.RoleMatchesView.as_view(), name="api-role-matches"),
    path("roles/<int:pk>/explain/<uuid:technician_ref>/", views.RoleExplainView.as_view(), name="api-role-explain"),
]
