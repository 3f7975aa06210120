"""API addresses of privacy."""

from django.urls import path

from workforce.privacy import api

urlpatterns = [
    path("me/export/", api.ExportView.as_view(), name="api-my-export"),
    path("me/grants/", api.GrantListView.as_view(), name="api-my-grants"),
    path("me/grants/<int:pk>/", api.GrantView.as_view(), name="api-my-grant"),
    path("me/consents/", api.ConsentView.as_view(), name="api-my-consents"),
]
