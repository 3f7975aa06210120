"""API addresses of hiring."""

from django.urls import path

from workforce.hiring import api

urlpatterns = [
    path("me/applications/", api.MyApplicationsView.as_view(), name="api-my-applications"),
    path("applications/<uuid:ref>/", api.ApplicationView.as_view(), name="api-application"),
    path("applications/<uuid:ref>/history/", api.ApplicationHistoryView.as_view(), name="api-application-history"),
    path("applications/<uuid:ref>/moves/", api.ApplicationMovesView.as_view(), name="api-application-moves"),
    path("roles/<int:pk>/applications/", api.RoleApplicationsView.as_view(), name="api-role-applications"),
]
