"""Web addresses of accounts."""

from django.urls import path

from workforce.accounts import views

urlpatterns = [
    path("language/", views.set_language, name="set-language"),
    path("org/new/", views.organization_create, name="organization-create"),
    path("org/<slug:slug>/", views.organization_home, name="organization-home"),
]
