"""API addresses of training."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from workforce.training import api

router = SimpleRouter(use_regex_path=False)
router.register("programmes", api.ProgrammeViewSet, basename="api-programme")
router.register("offered-programmes", api.OfferedProgrammeViewSet, basename="api-offered-programme")
router.register("cohorts", api.CohortViewSet, basename="api-cohort")
router.register("enrolments", api.EnrolmentViewSet, basename="api-enrolment")
router.register("placements", api.PlacementViewSet, basename="api-placement")

urlpatterns = [path("", include(router.urls))]
