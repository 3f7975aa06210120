"""A toy kind of import, so that the frame is tested by itself; and the files that tests send."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories as make
from workforce.accounts.choices import Position


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> Any:
    """Files of this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def house(media: Any) -> SimpleNamespace:
    """A verified employer with one plant and a recruiter."""
    organization = make.OrganizationFactory(name="Planta Propia")
    plant = make.PlantFactory(organization=organization)
    recruiter = make.MembershipFactory(organization=organization, position=Position.RECRUITER).user
    return SimpleNamespace(organization=organization, plant=plant, recruiter=recruiter)
