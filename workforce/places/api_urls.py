"""API addresses of places."""

from rest_framework.routers import SimpleRouter

from workforce.places.api import ParkViewSet, ZoneViewSet

router = SimpleRouter()
router.register("zones", ZoneViewSet, basename="api-zone")
router.register("parks", ParkViewSet, basename="api-park")
urlpatterns = router.urls
