"""What ``manage.py check --deploy`` says of settings that work on a laptop and would fail in a town."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.compatibility, deploy=True)
def broker_outlives_the_process(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a broker in memory: with more than one process, each would have a queue of its own."""
    if not settings.CELERY_BROKER_URL.startswith("memory"):
        return []
    hint = "Set REDIS_URL (or CELERY_BROKER_URL)."
    return [Error("The Celery broker lives in one process's memory.", hint=hint, id="puente.E001")]


@register(Tags.compatibility, deploy=True)
def database_takes_several_writers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse SQLite where web and workers are processes of their own."""
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        return []
    return [Error("SQLite is for one process.", hint="Set DATABASE_URL to a PostgreSQL database.", id="puente.E002")]
