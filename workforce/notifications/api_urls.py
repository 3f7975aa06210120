"""API addresses of notifications."""

from django.urls import path

from workforce.notifications import api

urlpatterns = [
    path("me/notifications/", api.MyNotificationsView.as_view(), name="api-my-notifications"),
    path("me/notifications/read/", api.AllReadView.as_view(), name="api-my-notifications-read"),
    path("me/notifications/<int:pk>/read/", api.NotificationReadView.as_view(), name="api-my-notification-read"),
]
