"""API addresses of accounts."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from workforce.accounts.api import MeView, OrganizationViewSet
from workforce.accounts.members_api import InvitationDetail, InvitationList, MemberDetail, MemberList

router = SimpleRouter()
router.register("organizations", OrganizationViewSet, basename="api-organization")
OF = "organizations/<slug:slug>/"
urlpatterns = [
    path("me/", MeView.as_view(), name="api-me"),
    path(f"{OF}members/", MemberList.as_view(), name="api-member-list"),
    path(f"{OF}members/<int:pk>/", MemberDetail.as_view(), name="api-member-detail"),
    path(f"{OF}invitations/", InvitationList.as_view(), name="api-invitation-list"),
    path(f"{OF}invitations/<int:pk>/", InvitationDetail.as_view(), name="api-invitation-detail"),
    *router.urls,
]
