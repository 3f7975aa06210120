"""Privacy on a phone, in both languages: the notice first, then what one has, who looked, deleting, and keeping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.reader import Reader
from tests.e2e.test_every_page import faults
from tests.factories import PASSWORD, GrantFactory, MembershipFactory, TechnicianFactory, UserFactory
from workforce.accounts.notices import load_notices
from workforce.privacy.models import DataRequest
from workforce.privacy.services import ask
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import Consent, Technician
from workforce.technicians.services import note_access

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db(transaction=True)]
WORDS = {
    "es": ("Ya leí el aviso; continuar", "Borrar mi cuenta", "Conservar mi cuenta", "Pausar mi perfil"),
    "en": ("I have read the notice; go on", "Delete my account", "Keep my account", "Pause my profile"),
}


@pytest.fixture
def person() -> Technician:
    """Somebody who is known to an employer, was looked at, and has asked for something."""
    load_notices()
    made: Any = TechnicianFactory()
    member: Any = MembershipFactory()
    GrantFactory(technician=made, organization=member.organization, source="application:1")
    note_access(actor=member.user, technicians=[made], kind=AccessKind.NAME, organization_id=member.organization_id)
    ask(user=made.user, kind="rectify", text="mi apellido está mal")
    return made


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_person_reads_agrees_leaves_and_comes_back(
    language: str, person: Technician, open_reader: Callable[..., Reader]
) -> None:
    read, delete, keep, pause = WORDS[language]
    type(person.user).objects.filter(pk=person.user_id).update(language=language)  # type: ignore[union-attr]
    reader = open_reader(language)
    found = list(faults(reader, f"/{language}/privacy/"))
    reader.log_in(person.user.email)  # type: ignore[union-attr, arg-type]
    if reader.page.locator("html").get_attribute("lang") != language:
        reader.switch_language(language)
    found += faults(reader, "/me/privacy/start/?next=/me/privacy/")
    reader.page.locator("input[name=statistics]").check()
    reader.press(read)
    reader.page.wait_for_url("**/me/privacy/")
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"service", "statistics"}
    for path in ("/me/privacy/", "/me/privacy/data/", "/me/privacy/delete/"):
        found += faults(reader, path)
    reader.go("/me/privacy/")
    reader.press(pause)
    expect(reader.page.locator("main")).not_to_contain_text(pause)
    reader.go("/me/privacy/delete/")
    reader.page.locator("input[name=password]").fill(PASSWORD)
    reader.page.locator("main").get_by_role("button", name=delete, exact=True).click()
    reader.page.wait_for_url(lambda address: "delete" not in address)
    assert DataRequest.objects.filter(kind="erase").count() == 1
    reader.log_in(person.user.email)  # type: ignore[union-attr, arg-type]
    found += faults(reader, "/me/privacy/deleting/")
    reader.press(keep)
    reader.page.wait_for_url(lambda address: "privacy" not in address)
    reader.go("/me/privacy/")
    assert found == []


def test_staff_see_what_waits(person: Technician, open_reader: Callable[..., Reader]) -> None:
    staff: Any = UserFactory(is_staff=True)
    reader = open_reader("es")
    reader.log_in(staff.email)
    reader.press("Ya leí el aviso; continuar")
    found = list(faults(reader, "/staff/requests/"))
    expect(reader.page.locator("main")).to_contain_text("mi apellido está mal")
    assert found == []
