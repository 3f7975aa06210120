"""Web addresses of technicians."""

from django.urls import path

from workforce.technicians.views import history, landing, profile, skills

urlpatterns = [
    path("after-login/", landing.after_login, name="after-login"),
    path("me/profile/", profile.profile, name="profile"),
    path("me/profile/preview/", profile.profile_preview, name="profile-preview"),
    path("me/skills/", skills.skills, name="profile-skills"),
    path("me/certificates/", history.certificates, name="certificates"),
    path("me/certificates/<int:pk>/remove/", history.certificate_remove, name="certificate-remove"),
    path("me/experience/", history.experience, name="experience"),
    path("me/experience/<int:pk>/", history.experience_edit, name="experience-edit"),
    path("me/experience/<int:pk>/remove/", history.experience_remove, name="experience-remove"),
]
