"""The schema, its documentation, and the kinds of problems."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from workforce.core.api import views

urlpatterns: list[URLPattern] = [
    path("schema/", login_not_required(views.SchemaView.as_view()), name="schema"),
    path("docs/", views.docs, name="api-docs"),
    path("problems/", views.ProblemKindList.as_view(), name="api-problems"),
    path("problems/<slug:code>/", views.ProblemKindDetail.as_view(), name="api-problem"),
]
