"""Wakes a worker for one of matching's tasks; see ``workforce.core.kicks``."""

from __future__ import annotations

from workforce.core import kicks


def kick(task: str, **kwargs: int) -> bool:
    """Send ``matching.tasks.<task>``; return whether the broker took it. Never raises."""
    return kicks.kick(f"matching.tasks.{task}", **kwargs)
