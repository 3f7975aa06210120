"""Web addresses of accounts."""

from django.urls import path

from workforce.accounts import (
    account_views,
    invitations_views,
    kiosk_views,
    members_views,
    mfa_views,
    person_views,
    phone_views,
    reset_views,
    verification_views,
    views,
)

PHONE = [
    path("accounts/phone/", phone_views.start, name="phone-start"),
    path("accounts/phone/code/", phone_views.code, name="phone-code"),
    path("accounts/phone/again/", phone_views.again, name="phone-again"),
    path("accounts/phone/who/", person_views.who, name="phone-who"),
    path("accounts/phone/secret/", person_views.secret, name="phone-secret"),
    path("accounts/phone/register/", person_views.register, name="phone-register"),
    path("accounts/phone/forgot/", reset_views.forgot, name="phone-forgot"),
    path("accounts/phone/new-pin/", reset_views.new_pin, name="phone-new-pin"),
    path("accounts/phone/help/", reset_views.with_help, name="phone-help"),
    path("accounts/pin/<str:token>/", reset_views.pin_link, name="pin-link"),
]
ACCOUNT = [
    path("me/account/", account_views.account, name="my-account"),
    path("me/account/confirm/", account_views.confirm, name="account-confirm"),
    path("me/account/phone/", account_views.change_phone, name="account-phone"),
    path("me/account/pin/", account_views.change_pin, name="account-pin"),
    path("me/account/end-sessions/", account_views.end_sessions, name="account-end-sessions"),
]
urlpatterns = [
    *PHONE,
    *ACCOUNT,
    path("language/", views.set_language, name="set-language"),
    path("org/new/", views.organization_create, name="organization-create"),
    path("org/<slug:slug>/", views.organization_home, name="organization-home"),
    path("org/<slug:slug>/identity/", views.organization_identity, name="organization-identity"),
    path("org/<slug:slug>/members/", members_views.member_list, name="members"),
    path("org/<slug:slug>/members/invite/", members_views.invitation_create, name="invitation-create"),
    path("org/<slug:slug>/members/<int:pk>/", members_views.member_edit, name="member-edit"),
    path("org/<slug:slug>/members/<int:pk>/remove/", members_views.member_remove, name="member-remove"),
    path("org/<slug:slug>/security/", mfa_views.organization_security, name="organization-security"),
    path("org/<slug:slug>/members/<int:pk>/two-steps/", mfa_views.member_reset, name="member-second-factor"),
    path("org/<slug:slug>/invitations/<int:pk>/revoke/", members_views.invitation_revoke, name="invitation-revoke"),
    path("kiosk/", kiosk_views.rest, name="kiosk"),
    path("kiosk/start/", kiosk_views.start, name="kiosk-start"),
    path("kiosk/done/", kiosk_views.done, name="kiosk-done"),
    path("kiosk/over/", kiosk_views.over, name="kiosk-over"),
    path("kiosk/stay/", kiosk_views.stay, name="kiosk-stay"),
    path("kiosk/stop/", kiosk_views.stop, name="kiosk-stop"),
    path("org/<slug:slug>/verification/", verification_views.organization_verification, name="org-verification"),
    path("org/<slug:slug>/verification/request/", verification_views.verification_request, name="verification-request"),
    path(
        "org/<slug:slug>/verification/<int:pk>/remove/",
        verification_views.document_remove,
        name="verification-document-remove",
    ),
    path("verification/documents/<int:pk>/", verification_views.document_download, name="verification-document"),
    path("staff/verification/", verification_views.staff_queue, name="staff-verification"),
    path("staff/verification/<int:pk>/", verification_views.staff_decision, name="staff-verification-decision"),
    path("invitations/<str:token>/", invitations_views.invitation_accept, name="invitation-accept"),
]
