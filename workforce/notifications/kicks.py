"""Wakes a worker for the outbox; nothing depends on it, because beat drains what is pending."""

from __future__ import annotations

from django.db import connection, transaction

from workforce.core import kicks

TASK = "workforce.notifications.tasks.send_due"


def kick_after_commit() -> None:
    """Wake a worker after this transaction, once however often it is asked for."""
    # Each entry is (savepoints, function, robust).
    if not any(entry[1] is kick for entry in connection.run_on_commit):
        transaction.on_commit(kick, robust=True)


def kick() -> None:
    """Wake a worker now."""
    kicks.kick(TASK)
