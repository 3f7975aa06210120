"""The same person and the same role, written as text in Spanish or in English, get the same score.

Through the real taxonomy and the real ways in: the picker's search for a person, the import of a file for a role.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command

from matching import rebuilds
from matching.engine.score import order_keys
from matching.models import TechnicianMatches
from matching.stored import unpack
from tests.factories import OrganizationFactory, PlantFactory, TechnicianFactory
from workforce.employers.importing import import_roles
from workforce.employers.models import Role
from workforce.skills.corpus import skill_index
from workforce.technicians.models import Technician
from workforce.technicians.services.skills import SkillEntry, save_skills

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = {
    "es": (("soldadura tig", 3), ("lectura de planos", 2), ("montacargas", 2), ("mantenimiento preventivo", 3)),
    "en": (("TIG welding", 3), ("blueprint reading", 2), ("forklift", 2), ("preventive maintenance", 3)),
}
HEAD = "Req,Puesto,Vacantes,Turno,Sueldo,Habilidades,Cierre\n"
ROLES = (
    "R-{n},Soldador MIG,2,1er,3000 semanales,soldadura MIG; lectura de planos; montacargas,\n",
    "R-{n},Soldadora MIG,2,1er,3000 semanales,soldadura MIG; lectura de planos; montacargas,\n",
    "R-{n},Soldador(a) MIG,2,1er,3000 semanales,Soldadura mig; LECTURA DE PLANOS; Montacargas,\n",
    "R-{n},MIG welder,2,1st,3000 weekly,MIG welding; blueprint reading; forklift,\n",
)


def technician(language: str) -> Technician:
    """Somebody who types into the picker and takes the first offer."""
    person: Technician = TechnicianFactory(zone=None, shifts=[])
    found = [(skill_index().search(text, 1, language)[0].concept, level) for text, level in PEOPLE[language]]
    save_skills(
        technician_id=person.pk, revision=None, entries=[SkillEntry(concept, level) for concept, level in found]
    )
    return person


def test_language_and_gender_of_the_words_change_no_score() -> None:
    call_command("load_taxonomy", verbosity=0)
    organization = OrganizationFactory()
    PlantFactory(organization=organization, company_bus=True)
    text = HEAD + "".join(row.format(n=n) for n, row in enumerate(ROLES))
    import_roles(organization=organization, data=text.encode(), publish=True)
    assert Role.objects.open().count() == len(ROLES)
    people = [technician("es"), technician("en")]
    rebuilds.rebuild_now()
    keys = set()
    for person in people:
        lists = unpack(TechnicianMatches.objects.get(pk=person.pk))
        assert lists.full.ids.size + lists.near.ids.size == len(ROLES)
        keys |= {*order_keys(lists.full.orders).tolist(), *order_keys(lists.near.orders).tolist()}
    assert len(keys) == 1
    assert keys.pop() > 0
