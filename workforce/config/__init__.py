"""The composition root: settings, URLs and the Celery application. Nobody imports it but Django and Celery."""

from workforce.config.celery import app as celery_app

__all__ = ["celery_app"]
