"""What the tests of privacy share: match lists of their own, and somebody who looks for work."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.matching.conftest import _own_artefacts  # noqa: F401  match lists are kept in files
from workforce.technicians.models import Technician


@pytest.fixture
def technician() -> Technician:
    """Somebody whom employers may find."""
    made: Any = make.TechnicianFactory(given_names="Renata")
    return made
