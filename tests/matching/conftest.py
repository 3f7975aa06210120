"""Artefacts of their own for every test, and nothing kept from the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from matching import snapshots
from matching.editions import forget_workspaces
from matching.engines import forget_engines
from workforce.core.kicks import forget_failure


@pytest.fixture(autouse=True)
def _own_artefacts(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Point MATCHING_DIR to a folder of this test and empty the caches of the process."""
    settings.MATCHING_DIR = tmp_path / "matching"
    _forget()
    yield
    _forget()


@pytest.fixture
def logged_in(client: Client) -> Callable[[Any], Client]:
    """Log somebody into the test's client."""

    def log_in(user: Any) -> Client:
        client.force_login(user)
        return client

    return log_in


def _forget() -> None:
    forget_engines()
    forget_workspaces()
    forget_failure()
    snapshots._loaded.clear()
