"""Public addresses of employers, under /es/ and /en/."""

from django.urls import URLPattern, path

from workforce.employers.views import public

urlpatterns: list[URLPattern] = [
    path("roles/", public.role_search, name="role-search"),
    path("roles/<int:pk>-<slug:slug>/", public.role_detail, name="role-detail"),
]
