"""An institute follows its people: listed in a cohort, placed, and seen in the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.reader import Reader
from tests.factories import CohortFactory, MembershipFactory, ProgrammeFactory
from workforce.accounts.choices import Position
from workforce.hiring.models import Placement

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_an_institute_member_records_a_placement_and_sees_it(open_reader: Callable[..., Reader]) -> None:
    programme = ProgrammeFactory(name_es="Mecatrónica", name_en="Mechatronics")
    cohort = CohortFactory(programme=programme, name="Enero 2026")
    institute = programme.organization
    member = MembershipFactory(organization=institute, position=Position.COUNSELLOR, user__language="es")
    reader = open_reader("es")
    reader.log_in(member.user.email)
    assert f"/org/{institute.slug}/" in reader.page.url

    reader.go(f"/org/{institute.slug}/training/cohorts/")
    reader.page.get_by_role("link", name="Enero 2026").tap()
    reader.page.locator("#id_listed_name").fill("Socorro Prieto Añil")
    reader.press("Agregar a la lista")
    row = reader.page.get_by_role("row", name="Socorro Prieto Añil")
    reader.press("Registrar una colocación", within=row)

    page = reader.page
    expect(page.locator("#id_enrolment option:checked")).to_contain_text("Socorro Prieto Añil")
    page.locator("#id_employer_name").fill("Arneses del Bravo")
    page.locator("#id_job_title").fill("Técnica en mecatrónica")
    page.locator("#id_hired_on").fill("2026-07-06")
    page.locator("#id_base_pay").fill("4200")
    reader.press("Guardar la colocación")

    placed = page.get_by_role("row", name="Socorro Prieto Añil")
    expect(placed).to_contain_text("Arneses del Bravo")
    expect(placed).to_contain_text("Técnica en mecatrónica")
    assert reader.overflow() == 0
    assert Placement.objects.get().recorded_for == institute
    reader.go(f"/org/{institute.slug}/training/cohorts/{cohort.pk}/")
    expect(page.get_by_role("row", name="Socorro Prieto Añil")).to_contain_text("Arneses del Bravo")
