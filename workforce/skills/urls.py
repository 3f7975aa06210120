"""Web addresses of skills."""

from django.urls import URLPattern, path

from workforce.skills.views import phrases
from workforce.skills.views.picker import skill_picker

urlpatterns: list[URLPattern] = [
    path("staff/phrases/", phrases.phrase_list, name="phrase-list"),
    path("staff/phrases/<int:pk>/", phrases.phrase_detail, name="phrase-detail"),
    path("staff/phrases/<int:pk>/teach/", phrases.phrase_teach, name="phrase-teach"),
    path("staff/phrases/<int:pk>/dismiss/", phrases.phrase_dismiss, name="phrase-dismiss"),
    path("staff/phrases/<int:pk>/reopen/", phrases.phrase_reopen, name="phrase-reopen"),
    path("skills/picker/", skill_picker, name="skill-picker"),
]
