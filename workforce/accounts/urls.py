"""Web addresses of accounts."""

from django.urls import path

from workforce.accounts import invitations_views, members_views, views

urlpatterns = [
    path("language/", views.set_language, name="set-language"),
    path("org/new/", views.organization_create, name="organization-create"),
    path("org/<slug:slug>/", views.organization_home, name="organization-home"),
    path("org/<slug:slug>/members/", members_views.member_list, name="members"),
    path("org/<slug:slug>/members/invite/", members_views.invitation_create, name="invitation-create"),
    path("org/<slug:slug>/members/<int:pk>/", members_views.member_edit, name="member-edit"),
    path("org/<slug:slug>/members/<int:pk>/remove/", members_views.member_remove, name="member-remove"),
    path("org/<slug:slug>/invitations/<int:pk>/revoke/", members_views.invitation_revoke, name="invitation-revoke"),
    path("invitations/<str:token>/", invitations_views.invitation_accept, name="invitation-accept"),
]
