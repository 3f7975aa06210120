"""Web addresses of hiring."""

from django.urls import path

from workforce.hiring import views

urlpatterns = [
    path("me/applications/", views.my_applications, name="my-applications"),
    path("me/applications/<uuid:ref>/withdraw/", views.application_withdraw, name="application-withdraw"),
    path("roles/<int:pk>-<slug:slug>/apply/", views.role_apply, name="role-apply"),
    path("org/<slug:slug>/roles/<int:pk>/applications/", views.role_applications, name="role-applications"),
    path("org/<slug:slug>/applications/<uuid:ref>/", views.application_answer, name="application-answer"),
]
