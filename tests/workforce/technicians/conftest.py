"""What the tests of technicians share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from workforce.technicians.events import technician_changed


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The ids of technicians whose change was told, each inside a transaction."""
    ids: list[int] = []

    def listen(sender: object, *, technician_id: int, **kwargs: object) -> None:
        assert connection.in_atomic_block
        ids.append(technician_id)

    technician_changed.connect(listen)
    yield ids
    technician_changed.disconnect(listen)
