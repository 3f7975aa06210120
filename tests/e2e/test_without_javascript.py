"""Where no script runs the forms do the same work, one page at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.reader import Reader
from tests.factories import MembershipFactory, PlantFactory, SkillFactory, TechnicianFactory
from workforce.employers.models import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _skills(transactional_db: None) -> None:
    SkillFactory(code="welding", label_es="Soldadura MIG", label_en="MIG welding")
    SkillFactory(code="forklift", label_es="Montacargas", label_en="Forklift", aliases=[("es", "patín eléctrico")])


def add(page: Page, words: str) -> None:
    """Write words into the picker and press its button."""
    page.locator("input[name=skill-text]").fill(words)
    page.locator("button[name=add-skill]").click()


@pytest.mark.usefixtures("_skills")
def test_a_profile_and_its_skills_are_saved_without_a_script(open_reader: Callable[..., Reader]) -> None:
    person = TechnicianFactory(user__language="es", english="")
    reader = open_reader("es", script=False)
    reader.log_in(person.user.email)
    page = reader.page

    reader.go("/me/profile/")
    page.locator("#id_english").select_option("B1")
    page.locator("input[name=shifts][value=third]").check()
    page.locator("main form[method=post] button.btn-primary").click()
    person.refresh_from_db()
    assert (person.english, person.shifts) == ("B1", ["first", "third"])

    reader.go("/me/skills/")
    add(page, "soldadura mig, patin electrico, algo que nadie conoce")
    rows = page.locator("[data-rows] > li")
    expect(rows).to_have_count(3)
    rows.filter(has_text="algo que nadie conoce").locator("[data-drop]").click()
    expect(rows).to_have_count(2)
    page.locator("select[name=level-welding]").select_option("3")
    page.locator(".form-actions button[type=submit]").click()
    assert set(person.technician_skills.values_list("skill__code", "level")) == {("welding", 3), ("forklift", 2)}


@pytest.mark.usefixtures("_skills")
def test_a_role_is_written_corrected_and_published_without_a_script(open_reader: Callable[..., Reader]) -> None:
    plant = PlantFactory()
    member = MembershipFactory(organization=plant.organization, user__language="en")
    reader = open_reader("en", desk=True, script=False)
    reader.log_in(member.user.email)
    page = reader.page

    reader.go(f"/org/{plant.organization.slug}/roles/new/")
    page.locator("#id_title_en").fill("Welder")
    add(page, "MIG welding")
    expect(page.locator("#id_title_en")).to_have_value("Welder")
    page.locator("input[name=must-welding]").check()
    page.locator("#id_plant").select_option(str(plant.pk))
    page.locator("#id_pay_min").fill("-5")
    reader.press("Save and publish")
    expect(page.locator("#id_pay_min")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=must-welding]")).to_be_checked()

    page.locator("#id_pay_min").fill("3000")
    page.locator("#id_pay_max").fill("3500")
    reader.press("Save and publish")
    page.wait_for_url(lambda address: "/roles/new/" not in address)
    role = Role.objects.get()
    assert role.is_open
    assert list(role.role_skills.values_list("skill__code", "must")) == [("welding", True)]
