"""A maintenance technician's Spanish CV fills an empty profile on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.reader import Reader
from tests.factories import TechnicianFactory
from tests.workforce.technicians.cv import files
from tests.workforce.technicians.cv.samples import MAINTENANCE
from workforce.technicians.models import Certificate, Experience, Study, TechnicianSkill
from workforce.technicians.services import read_left
from workforce.technicians.services.cv_reading import read_cv

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("taxonomy"),
]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_cv_fills_a_profile(open_reader: Callable[..., Reader], settings: Any, tmp_path: Path, script: bool) -> None:
    settings.MEDIA_ROOT = tmp_path
    person: Any = TechnicianFactory(user__language="es")
    reader = open_reader("es", script=script)
    reader.log_in(person.user.email)
    reader.go("/me/profile/")
    reader.press("Llenarlo con mi currículum")
    sent = {"name": "curriculum.pdf", "mimeType": "application/pdf", "buffer": files.pdf(MAINTENANCE)}
    reader.page.locator("#id_file").set_input_files(sent)  # type: ignore[arg-type]
    reader.press("Leer mi currículum")
    expect(reader.heading()).to_have_text("Estamos leyendo tu currículum")
    read_cv(reading_id=person.cv_readings.get().pk)
    assert read_left() == 0
    if not script:
        reader.press("Mostrar cómo va ahora")
    expect(reader.heading()).to_have_text("¿Está bien así?")
    assert reader.overflow() == 0
    reader.press("Guardar lo marcado")
    expect(reader.heading()).to_have_text("Tu perfil ya tiene lo de tu currículum")
    codes = set(TechnicianSkill.objects.values_list("skill__code", flat=True))
    assert {"plc-programming", "preventive-maintenance", "mig-welding", "hydraulics", "pneumatics"} <= codes
    assert "robotics" not in codes
    assert Experience.objects.filter(technician=person, ended_on=None).get().title_es.startswith("Técnico")
    assert (Study.objects.get().degree, Certificate.objects.get().folio) == ("tsu", "MC-0042")
    person.refresh_from_db()
    assert person.english == "B1"
