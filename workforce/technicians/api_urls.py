"""API addresses of technicians."""

from django.urls import path

from workforce.technicians.api import cv, people, views

OF = "organizations/<slug:slug>/people/"

urlpatterns = [
    path(OF, people.PersonList.as_view(), name="api-person-list"),
    path(f"{OF}<int:pk>/", people.PersonDetail.as_view(), name="api-person-detail"),
    path(f"{OF}<int:pk>/link/", people.PersonLink.as_view(), name="api-person-link"),
    path(f"{OF}<int:pk>/letter/", people.PersonLetter.as_view(), name="api-person-letter"),
    path(
        "me/profile/",
        views.MyProfileViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-my-profile",
    ),
    path(
        "me/skills/",
        views.MySkillViewSet.as_view({"get": "list", "put": "replace", "post": "create"}),
        name="api-my-skills",
    ),
    path("me/skills/<int:pk>/", views.MySkillViewSet.as_view({"delete": "destroy"}), name="api-my-skill"),
    path("me/cv/", cv.MyCv.as_view(), name="api-my-cv"),
    path("me/cv/<uuid:ref>/", cv.MyCvReading.as_view(), name="api-my-cv-reading"),
    path("me/cv/<uuid:ref>/confirm/", cv.MyCvConfirm.as_view(), name="api-my-cv-confirm"),
    path(
        "me/certificates/",
        views.MyCertificateViewSet.as_view({"get": "list", "post": "create"}),
        name="api-my-certificates",
    ),
    path(
        "me/certificates/<int:pk>/",
        views.MyCertificateViewSet.as_view({"delete": "destroy"}),
        name="api-my-certificate",
    ),
]
