"""Web addresses of privacy."""

from django.urls import path

from workforce.privacy.views import erasure, notice, own, staff

urlpatterns = [
    path("me/privacy/", own.my_privacy, name="my-privacy"),
    path("me/privacy/start/", notice.start, name="privacy-start"),
    path("me/privacy/consents/", own.consents, name="my-consents"),
    path("me/privacy/grants/<int:pk>/revoke/", own.grant_revoke, name="grant-revoke"),
    path("me/privacy/pause/", own.pause, name="profile-pause"),
    path("me/privacy/ask/", own.ask, name="privacy-ask"),
    path("me/privacy/data/", own.my_data, name="my-data"),
    path("me/privacy/data/file/", own.my_data_file, name="my-data-file"),
    path("me/privacy/delete/", erasure.erasure, name="erasure"),
    path("me/privacy/deleting/", erasure.erasure_waiting, name="erasure-waiting"),
    path("me/privacy/keep/", erasure.erasure_cancel, name="erasure-cancel"),
    path("staff/requests/", staff.requests, name="data-requests"),
    path("staff/requests/<int:pk>/answer/", staff.request_answer, name="data-request-answer"),
]
