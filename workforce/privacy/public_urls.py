"""Public addresses of privacy, under the language."""

from django.urls import path

from workforce.privacy.views.notice import notice

urlpatterns = [path("privacy/", notice, name="privacy-notice")]
