"""The Celery application, configured by Django's settings (names that begin with CELERY_)."""

import os

# Before Celery() is made: without settings, retries would go to a default AMQP address and vanish.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workforce.config.settings")

from celery import Celery

app = Celery("puente")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
