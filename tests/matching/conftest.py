"""Artefacts of their own for every test, and nothing kept from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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


def _forget() -> None:
    forget_engines()
    forget_workspaces()
    forget_failure()
    snapshots._loaded.clear()
