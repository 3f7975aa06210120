"""Sends a job to a worker, and makes nothing of it when the broker is down: beat finds what is pending."""

from __future__ import annotations

import logging

from celery import current_app

logger = logging.getLogger(__name__)


def kick(job_id: int) -> bool:
    """Send ``tasks.work`` without retries; return whether the broker took it. Never raises."""
    name = "workforce.imports.tasks.work"
    try:
        registered = current_app.tasks.get(name)
        if registered is not None:
            registered.apply_async(kwargs={"job_id": job_id}, retry=False)
        else:
            current_app.send_task(name, kwargs={"job_id": job_id}, retry=False)
    except Exception:  # whatever a transport raises: nothing of it may reach the person who pressed the button
        logger.warning("The broker did not take import %s; beat will find it.", job_id, exc_info=True)
        return False
    return True
