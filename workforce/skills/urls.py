"""Web addresses of skills."""

from django.urls import URLPattern, path

from workforce.skills.views.picker import skill_picker

urlpatterns: list[URLPattern] = [
    path("skills/picker/", skill_picker, name="skill-picker"),
]
