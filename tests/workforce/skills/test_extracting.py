"""The extractor of the site reads with the taxonomy that the database holds."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from workforce.skills.extracting import extract, extractor_of
from workforce.skills.models import Skill, SkillAlias
from workforce.skills.services import bump_taxonomy
from workforce.skills.taxonomy_files import read_taxonomy

pytestmark = pytest.mark.django_db


def test_an_alias_that_staff_adds_is_found_at_once() -> None:
    skill = Skill.objects.create(code="forklift-operation", label_es="Montacargas", label_en="Forklift", category=None)
    SkillAlias.objects.create(skill=skill, lang="es", text="montacargas")
    found = extract("Manejo de MONTACARGAS y zorra")
    assert [(m.code, m.text) for m in found] == [("forklift-operation", "MONTACARGAS")]
    SkillAlias.objects.create(skill=skill, lang="es", text="zorra")
    bump_taxonomy()
    assert [m.text for m in extract("Manejo de MONTACARGAS y zorra")] == ["MONTACARGAS", "zorra"]


def test_the_database_and_the_files_read_alike() -> None:
    call_command("load_taxonomy", verbosity=0)
    text = "Soldadora MIG, 3 años. DC-3 de montacargas. No se requiere inglés.\nPLC troubleshooting (AB, Siemens)"
    assert extract(text) == extractor_of(read_taxonomy()).extract(text)
    assert {"mig-welding", "forklift-operation", "plc-troubleshooting"} <= {m.code for m in extract(text)}
