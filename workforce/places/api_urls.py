"""API addresses of places."""

from rest_framework.routers import SimpleRouter

from workforce.places.api import ZoneViewSet

router = SimpleRouter()
router.register("zones", ZoneViewSet, basename="api-zone")
urlpatterns = router.urls
