"""Two people and one tablet: the second sees nothing of the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.reader import Reader
from tests.e2e.test_every_page import faults
from tests.factories import MembershipFactory, TechnicianFactory

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def begin(reader: Reader) -> None:
    member = MembershipFactory(user__language=reader.language)
    reader.log_in(member.user.email)
    reader.go(f"/kiosk/start/?organization={member.organization.slug}")
    reader.page.locator("main button[type=submit]").click()
    reader.page.wait_for_url("**/kiosk/")


def test_the_second_person_sees_nothing_of_the_first(open_reader: Callable[..., Reader]) -> None:
    first = TechnicianFactory(user__language="en", given_names="Guadalupe-Marcada")
    second = TechnicianFactory(user__language="es", given_names="Rosario")
    reader = open_reader("en")
    begin(reader)
    page = reader.page
    assert not list(faults(reader, "/kiosk/"))
    page.locator("main").get_by_role("link", name="Log in", exact=True).click()
    reader.log_in(first.user.email)
    reader.go("/me/profile/")
    expect(page.locator("#id_given_names")).to_have_value("Guadalupe-Marcada")
    assert not list(faults(reader, "/me/profile/"))
    page.evaluate("localStorage.setItem('draft', 'Guadalupe-Marcada')")
    reader.go("/me/skills/")
    page.get_by_role("button", name="I am done").click()
    page.wait_for_url("**/kiosk/")
    assert page.evaluate("localStorage.length") == 0
    for _step in range(4):
        page.go_back(wait_until="load")
        assert "Guadalupe-Marcada" not in page.content()
        assert first.user.email not in page.content()
    reader.log_in(second.user.email)
    for path in ("/me/profile/", "/me/skills/", "/me/inbox/"):
        reader.go(path)
        assert "Guadalupe-Marcada" not in page.content()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    for _step in range(4):
        page.go_back(wait_until="load")
        assert "Guadalupe-Marcada" not in page.content()


def test_a_tablet_that_nobody_touches_warns_and_gives_way(open_reader: Callable[..., Reader], settings: Any) -> None:
    settings.KIOSK_IDLE_MINUTES = 0.1
    person = TechnicianFactory(user__language="en")
    reader = open_reader("en")
    begin(reader)
    reader.log_in(person.user.email)
    reader.go("/me/profile/")
    expect(reader.page.get_by_text("Are you still there?")).to_be_hidden()
    expect(reader.page.get_by_text("Are you still there?")).to_be_visible()
    reader.page.get_by_role("button", name="I am still here").click()
    expect(reader.page.get_by_text("Are you still there?")).to_be_hidden()
    reader.page.wait_for_url("**/kiosk/?ended=1")
    assert not [one for one in reader.page.context.cookies() if one["name"] == "sessionid"]
