"""A recruiter sees who fits while the role is still being written: on a phone, in both languages, without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from matching.rebuilds import rebuild_now
from tests.e2e.reader import Reader
from tests.e2e.test_every_page import violations
from tests.factories import MembershipFactory, PlantFactory, TechnicianFactory, TechnicianSkillFactory
from workforce.accounts.models import Membership
from workforce.employers.models import Role
from workforce.skills.models import Skill

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db(transaction=True)]
BUTTON = {"es": "Ver quién encaja", "en": "See who fits"}


@pytest.fixture
def recruiter(taxonomy: None) -> Membership:
    """A recruiter of a plant; two MIG welders live nearby, and one who knows something else."""
    plant = PlantFactory(name="Planta Norte")
    for code in ("mig-welding", "mig-welding", "five-s"):
        person = TechnicianFactory(zone=plant.zone, shifts=[])
        TechnicianSkillFactory(technician=person, skill=Skill.objects.get(code=code), level=3)
    rebuild_now()
    return MembershipFactory(organization=plant.organization, user__language="es")


def look(reader: Reader, recruiter: Membership, *, corrected: bool = True) -> None:
    """Write half of a role and press the button."""
    page = reader.page
    reader.go(f"/org/{recruiter.organization.slug}/roles/new/")
    page.locator("#id_title_es").fill("Soldadora de bastidores" if corrected else "")
    page.locator("input[name=skill-text]").fill("soldadura mig")
    page.locator("button[name=add-skill]").click()
    page.locator("input[name=must-mig-welding]").check()
    reader.press(BUTTON[reader.language])


def test_it_is_shown_under_the_form_which_keeps_what_was_typed(
    recruiter: Membership, open_reader: Callable[..., Reader]
) -> None:
    reader = open_reader("es", script=False)
    reader.log_in(recruiter.user.email)
    look(reader, recruiter)
    page = reader.page
    fits = page.locator("#fits")
    expect(fits.locator(".stat-value")).to_have_text("2")
    expect(fits.locator("article")).to_have_count(2)
    expect(page.locator("#id_title_es")).to_have_value("Soldadora de bastidores")
    expect(page.locator("input[name=must-mig-welding]")).to_be_checked()
    assert not Role.objects.exists()
    page.locator("input[name=must-mig-welding]").uncheck()
    reader.press(BUTTON["es"])
    expect(fits.locator("article")).to_have_count(2)
    expect(page.locator("input[name=must-mig-welding]")).not_to_be_checked()
    reader.press("Guardar como borrador")
    page.wait_for_url(f"**/org/{recruiter.organization.slug}/roles/")
    assert Role.objects.get().title_es == "Soldadora de bastidores"


def test_mistakes_are_said_instead(recruiter: Membership, open_reader: Callable[..., Reader]) -> None:
    reader = open_reader("es", script=False)
    reader.log_in(recruiter.user.email)
    look(reader, recruiter, corrected=False)
    expect(reader.page.locator("#id_title_es")).to_have_attribute("aria-invalid", "true")
    expect(reader.page.locator("#fits")).to_have_count(0)
    expect(reader.page.locator("input[name=must-mig-welding]")).to_be_checked()


@pytest.mark.parametrize("language", ["es", "en"])
def test_everybody_can_read_it_on_a_phone(
    recruiter: Membership, open_reader: Callable[..., Reader], language: str
) -> None:
    reader = open_reader("es")
    reader.log_in(recruiter.user.email)
    if language == "en":
        reader.switch_language("en")
    look(reader, recruiter)
    expect(reader.page.locator("#fits")).to_be_visible()
    assert reader.page.url.endswith("#fits")
    assert reader.overflow() == 0
    assert violations(reader.page) == []
