"""A technician with an account, a small taxonomy that knows the words of the samples, and files of this test alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from workforce.skills.services import bump_taxonomy


@pytest.fixture
def person(db: None, client: Client, settings: Any, tmp_path: Any) -> SimpleNamespace:
    """Who sends a CV, logged in; ``client`` is theirs."""
    settings.MEDIA_ROOT = tmp_path
    words = {
        "plc-programming": ("Programación de PLC", "PLC programming"),
        "hydraulics": ("Hidráulica", "Hydraulics"),
        "mig-welding": ("Soldadura MIG", "MIG welding"),
        "english": ("Inglés", "English"),
        "spanish": ("Español", "Spanish"),
    }
    skills = {code: make.SkillFactory(code=code, label_es=es, label_en=en) for code, (es, en) in words.items()}
    make.OccupationFactory(
        code="maintenance-technician",
        title_es="Técnico de mantenimiento industrial",
        title_en="Industrial maintenance technician",
    )
    forklift = make.CredentialFactory(
        code="dc3-forklift", name_es="DC-3 Operación de montacargas", name_en="DC-3 Forklift"
    )
    bump_taxonomy()
    technician = make.TechnicianFactory(user__language="es")
    client.force_login(technician.user)
    return SimpleNamespace(technician=technician, client=client, skills=skills, forklift=forklift, media=tmp_path)


def files_under(folder: Any) -> list[str]:
    """The names of all files that are kept."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())
