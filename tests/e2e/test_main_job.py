"""The main job, end to end: a person and an employer find each other across two languages, and answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.reader import Picker, Reader
from tests.factories import UserFactory
from workforce.accounts.models import Organization, User
from workforce.employers.models import Role
from workforce.technicians.models import Technician

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("taxonomy")]

CODES = {"mig-welding", "blueprint-reading", "basic-measuring", "forklift-operation", "five-s"}
SECRET = "una-frase-bien-larga-2026"


def test_a_person_and_an_employer_find_each_other_in_two_languages(
    open_reader: Callable[..., Reader], work_off: Callable[[], None]
) -> None:
    employer = open_reader("en", desk=True)
    register_employer(employer)
    verify_organizations(open_reader("en", desk=True))
    role = post_role(employer)
    work_off()

    person = open_reader("es")
    register_person(person)
    say_skills(person, work_off)
    see_why_it_fits(person, role)

    see_blind_candidate(employer, role)
    say_interested(person, role)
    answer(employer, role)
    see_answer(person)


def register_employer(reader: Reader) -> None:
    """Sign up as a company, in English, and add a plant."""
    reader.go("/en/")
    reader.press("Post a role")
    reader.page.locator("#id_organization_name").fill("Bravo Metalworks")
    reader.page.locator("#id_email").fill("hr@bravo.example.test")
    reader.page.locator("#id_password1").fill(SECRET)
    reader.press("Create my account")
    expect(reader.heading()).to_have_text("Bravo Metalworks")
    expect(reader.page.locator("main")).to_contain_text("We are checking your organization")
    slug = Organization.objects.get().slug
    reader.go(f"/org/{slug}/plants/")
    reader.page.locator("#id_name").fill("North plant")
    reader.page.locator("#id_zone").select_option(index=1)
    reader.page.locator("#id_company_bus").check()
    reader.press("Add this plant")
    expect(reader.page.get_by_role("row", name="North plant")).to_be_visible()


def verify_organizations(staff: Reader) -> None:
    """A member of the staff verifies it by the action of the admin."""
    UserFactory(email="staff@example.test", language="en", is_staff=True, is_superuser=True)
    staff.log_in("staff@example.test")
    staff.go("/staff/admin/accounts/organization/")
    staff.page.locator("input.action-select").check()
    staff.page.locator("select[name=action]").select_option("verify")
    staff.page.locator("button[name=index]").click()
    expect(staff.page.locator(".messagelist")).to_contain_text("1 organization changed.")
    assert Organization.objects.get().is_verified


def post_role(reader: Reader) -> Role:
    """Write a role in English with the picker, publish it, and find it among the roles."""
    slug = Organization.objects.get().slug
    reader.go(f"/org/{slug}/roles/new/")
    page, picker = reader.page, Picker(reader.page)
    page.locator("#id_title_en").fill("MIG welder, second look")
    page.locator("#id_description_en").fill("Weld brackets and check them.\n<b>No rush.</b>")
    picker.by_keyboard("mig weldin", "mig-welding")
    picker.row("mig-welding").get_by_role("checkbox").check()
    picker.by_mouse("blue print reading", "blueprint-reading")
    picker.by_mouse("soldadura tig", "tig-welding")
    page.locator("#id_plant").select_option(index=1)
    page.locator("#id_pay_min").fill("3200")
    page.locator("#id_pay_max").fill("3900")
    reader.press("Save and publish")
    page.wait_for_url(lambda address: "/roles/new/" not in address)
    role: Role = Role.objects.get()
    assert role.is_open
    assert set(role.role_skills.values_list("skill__code", "must")) == {
        ("mig-welding", True),
        ("blueprint-reading", False),
        ("tig-welding", False),
    }
    reader.go(f"/org/{slug}/roles/")
    expect(page.get_by_role("row", name="MIG welder, second look")).to_contain_text("Published")
    return role


def register_person(reader: Reader) -> None:
    """Sign up on a phone, in Spanish, and say where one lives and which shifts one takes."""
    reader.go("/es/")
    reader.press("Hacer mi perfil")
    page = reader.page
    page.locator("#id_given_names").fill("Luz Ángela")
    page.locator("#id_paternal").fill("Ñíguez")
    page.locator("#id_email").fill("luz@example.test")
    page.locator("#id_password1").fill(SECRET)
    assert reader.overflow() == 0
    reader.press("Crear mi cuenta")
    expect(page.locator("#id_zone")).to_be_visible()
    page.locator("#id_zone").select_option(index=1)
    page.locator("input[name=shifts][value=first]").check()
    page.locator("input[name=own_transport]").check()
    reader.press("Guardar y seguir con mis habilidades")
    expect(reader.heading()).to_have_text("Mis habilidades")
    assert User.objects.get(email="luz@example.test").language == "es"


def say_skills(reader: Reader, work_off: Callable[[], None]) -> None:
    """Choose five skills with slips and without accents, by keyboard and by touch; the list arrives by itself."""
    picker = Picker(reader.page)
    picker.by_keyboard("soldadra mig", "mig-welding")
    picker.by_touch("lectura de dibujos tecnicos", "blueprint-reading")
    picker.by_touch("verniel", "basic-measuring")
    picker.by_touch("forklift", "forklift-operation")
    picker.by_keyboard("5s", "five-s")
    picker.row("mig-welding").get_by_role("combobox").select_option("3")
    assert reader.overflow() == 0
    reader.press("Guardar y ver mis vacantes")
    expect(reader.heading()).to_have_text("Vacantes para ti")
    assert set(Technician.objects.get().technician_skills.values_list("skill__code", flat=True)) == CODES
    work_off()
    expect(matches(reader)).to_have_count(1)  # the page asks again by itself


def matches(reader: Reader) -> Locator:
    """The cards of the list."""
    return reader.page.locator("#match-list article.card")


def see_why_it_fits(reader: Reader, role: Role) -> None:
    """The reasons are in Spanish, although the role is in English: what is covered and what is missing."""
    card = matches(reader).first
    expect(card).to_contain_text("MIG welder, second look")
    expect(card.locator(".requirements")).to_contain_text("Soldadura MIG/MAG (GMAW)")
    expect(card.locator(".requirements")).to_contain_text("Soldadura TIG")
    assert reader.overflow() == 0
    card.get_by_role("link", name="MIG welder, second look").tap()
    expect(reader.heading()).to_contain_text("MIG welder, second look")
    expect(reader.page.locator("main")).to_contain_text("<b>No rush.</b>")
    expect(reader.page.locator("main .requirements")).to_contain_text("Soldadura TIG")  # how well she fits
    assert f"/es/roles/{role.pk}-" in reader.page.url
    assert reader.overflow() == 0


def see_blind_candidate(reader: Reader, role: Role) -> None:
    """The person is ranked with reasons in English, and without a name."""
    reader.go(f"/org/{role.organization.slug}/roles/{role.pk}/candidates/")
    expect(matches(reader)).to_have_count(1)
    card = matches(reader).first
    expect(card.locator(".requirements")).to_contain_text("MIG/MAG welding (GMAW)")
    expect(card.locator(".requirements")).to_contain_text("Advanced")
    for secret in ("Luz", "Ángela", "Ñíguez", "luz@example.test"):
        assert secret not in reader.page.content()


def say_interested(reader: Reader, role: Role) -> None:
    """Press the button on the role's page."""
    reader.press("Me interesa")
    expect(reader.heading()).to_have_text("Mis postulaciones")
    expect(reader.page.locator("main")).to_contain_text("MIG welder, second look")
    assert role.applications.count() == 1


def answer(reader: Reader, role: Role) -> None:
    """Find the application under the person's name, and ask to an interview."""
    reader.go(f"/org/{role.organization.slug}/roles/{role.pk}/applications/")
    row = reader.page.get_by_role("row", name="Luz Ángela Ñíguez")
    reader.press("Answer", within=row)
    expect(reader.heading()).to_have_text("Luz Ángela Ñíguez")
    expect(reader.page.locator("main")).to_contain_text("luz@example.test")
    reader.page.locator("#id_to_state").select_option("interview")
    reader.page.locator("#id_answer").fill("Come on Thursday at nine.")
    reader.press("Send the answer")
    expect(reader.page.get_by_role("row", name="Luz Ángela Ñíguez")).to_contain_text("Interview")


def see_answer(reader: Reader) -> None:
    """The person reads it in Spanish."""
    reader.go("/me/applications/")
    main: Any = reader.page.locator("main")
    expect(main).to_contain_text(re.compile("Entrevista"))
    expect(main).to_contain_text("Come on Thursday at nine.")
    assert reader.overflow() == 0
