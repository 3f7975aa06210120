"""Web addresses of technicians."""

from django.urls import path

from workforce.technicians.views import claims, cv, history, landing, people, profile, skills

urlpatterns = [
    path("after-login/", landing.after_login, name="after-login"),
    path("claim/<str:token>/", claims.claim, name="claim"),
    path("claim/<str:token>/not-me/", claims.claim_refuse, name="claim-refuse"),
    path("org/<slug:slug>/people/", people.people, name="people"),
    path("org/<slug:slug>/people/new/", people.person_create, name="person-create"),
    path("org/<slug:slug>/people/<int:pk>/", people.person_detail, name="person-detail"),
    path("org/<slug:slug>/people/<int:pk>/link/", people.person_link, name="person-link"),
    path("org/<slug:slug>/people/<int:pk>/send/", people.person_send, name="person-send"),
    path("org/<slug:slug>/people/<int:pk>/revoke/", people.person_revoke, name="person-revoke"),
    path("org/<slug:slug>/people/<int:pk>/remove/", people.person_remove, name="person-remove"),
    path("me/profile/", profile.profile, name="profile"),
    path("me/profile/preview/", profile.profile_preview, name="profile-preview"),
    path("me/skills/", skills.skills, name="profile-skills"),
    path("me/cv/", cv.cv, name="cv"),
    path("me/cv/<uuid:ref>/", cv.cv_reading, name="cv-reading"),
    path("me/cv/<uuid:ref>/discard/", cv.cv_discard, name="cv-discard"),
    path("me/cv/<uuid:ref>/file/", cv.cv_file, name="cv-file"),
    path("me/studies/<int:pk>/remove/", history.study_remove, name="study-remove"),
    path("me/certificates/", history.certificates, name="certificates"),
    path("me/certificates/<int:pk>/remove/", history.certificate_remove, name="certificate-remove"),
    path("me/experience/", history.experience, name="experience"),
    path("me/experience/<int:pk>/", history.experience_edit, name="experience-edit"),
    path("me/experience/<int:pk>/remove/", history.experience_remove, name="experience-remove"),
]
