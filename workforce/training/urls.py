"""Web addresses of training."""

from django.urls import path

from workforce.training import views

ORG = "org/<slug:slug>/training/"

urlpatterns = [
    path("me/training/", views.my_training, name="my-training"),
    path("me/training/<int:pk>/answer/", views.enrolment_answer, name="enrolment-answer"),
    path(f"{ORG}programmes/", views.programme_list, name="programmes"),
    path(f"{ORG}programmes/new/", views.programme_form, name="programme-create"),
    path(f"{ORG}programmes/<int:pk>/", views.programme_form, name="programme-edit"),
    path(f"{ORG}cohorts/", views.cohort_list, name="cohorts"),
    path(f"{ORG}cohorts/new/", views.cohort_create, name="cohort-create"),
    path(f"{ORG}cohorts/<int:pk>/", views.cohort_detail, name="cohort-detail"),
    path(f"{ORG}placements/", views.placement_list, name="placements"),
    path(f"{ORG}placements/new/", views.placement_create, name="placement-create"),
]
