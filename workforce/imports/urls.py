"""Web addresses of imports."""

from django.urls import URLPattern, path

from workforce.imports import views

ONE = "org/<slug:slug>/imports/<uuid:ref>/"

urlpatterns: list[URLPattern] = [
    path("org/<slug:slug>/imports/", views.import_list, name="imports"),
    path(ONE, views.import_detail, name="import-detail"),
    path(f"{ONE}columns/", views.import_columns, name="import-columns"),
    path(f"{ONE}start/", views.import_start, name="import-start"),
    path(f"{ONE}cancel/", views.import_cancel, name="import-cancel"),
    path(f"{ONE}undo/", views.import_undo, name="import-undo"),
    path(f"{ONE}errors.csv", views.import_errors, name="import-errors"),
]
