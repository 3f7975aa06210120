"""API addresses of imports."""

from django.urls import path

from workforce.imports import api

OF = "organizations/<slug:slug>/imports/"
ONE = f"{OF}<uuid:ref>/"
urlpatterns = [
    path(OF, api.ImportList.as_view(), name="api-import-list"),
    path(ONE, api.ImportDetail.as_view(), name="api-import-detail"),
    path(f"{ONE}columns/", api.ImportColumns.as_view(), name="api-import-columns"),
    path(f"{ONE}start/", api.ImportStart.as_view(), name="api-import-start"),
    path(f"{ONE}cancel/", api.ImportCancel.as_view(), name="api-import-cancel"),
    path(f"{ONE}undo/", api.ImportUndo.as_view(), name="api-import-undo"),
    path(f"{ONE}remarks/", api.ImportRemarks.as_view(), name="api-import-remarks"),
]
