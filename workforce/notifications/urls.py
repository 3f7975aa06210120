"""Web addresses of notifications."""

from django.urls import path

from workforce.notifications import views

urlpatterns = [
    path("me/inbox/", views.inbox, name="inbox"),
    path("me/inbox/read/", views.inbox_read, name="inbox-read"),
    path("me/inbox/<int:pk>/", views.notification_open, name="notification-open"),
    path("me/notifications/", views.preferences, name="notification-preferences"),
    path("notifications/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
