"""API addresses of skills."""

from rest_framework.routers import SimpleRouter

from workforce.skills.api import CredentialViewSet, OccupationViewSet, SkillViewSet

router = SimpleRouter()
router.register("skills", SkillViewSet, basename="api-skill")
router.register("occupations", OccupationViewSet, basename="api-occupation")
router.register("credentials", CredentialViewSet, basename="api-credential")

urlpatterns = router.urls
