"""API addresses of employers."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from workforce.employers.api.views import PlantsView, RoleViewSet

router = SimpleRouter()
router.register("roles", RoleViewSet, basename="api-role")
urlpatterns = [
    *router.urls,
    path("organizations/<slug:slug>/plants/", PlantsView.as_view(), name="api-plants"),
]
