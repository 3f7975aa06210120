"""Every main page in both languages: it fits a phone, the browser complains of nothing, and everybody can read it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from matching.rebuilds import rebuild_now
from tests.e2e.reader import Reader
from tests.factories import (
    ApplicationFactory,
    CohortFactory,
    CvFindingFactory,
    CvReadingFactory,
    EnrolmentFactory,
    ImportJobFactory,
    IntakeFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    RoleSkillFactory,
    TechnicianFactory,
    TechnicianSkillFactory,
    UserFactory,
)
from workforce.employers.indexing import index_role
from workforce.employers.models import ResponseRate
from workforce.imports.choices import JobState
from workforce.notifications.services import notify
from workforce.skills.models import Skill, UnlinkedPhrase
from workforce.technicians.choices import FindingKind, ReadingState
from workforce.technicians.services import make_link

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
})).violations.map(v => `${v.impact} ${v.id}: ${v.nodes.map(n => n.target.join(" ")).slice(0, 4).join(" | ")}`)"""
LANGUAGES = ("es", "en")
BAD_PICTURE = "document.querySelector('main').append(new Image(9, 9))"


@dataclass
class World:
    """Whom to log in as, by kind, and the pages of each."""

    emails: dict[str, str]
    pages: dict[str, list[str]]


@pytest.fixture
def world(taxonomy: None) -> World:
    """One of each kind of user, with something on every page; lists computed by the real code."""
    role = RoleFactory(shifts=["first"], openings=3, hired=1)
    person = TechnicianFactory(shifts=["first"], own_transport=True)
    for code, level in (("mig-welding", 3), ("blueprint-reading", 2), ("five-s", 2)):
        skill = Skill.objects.get(code=code)
        TechnicianSkillFactory(technician=person, skill=skill, level=level)
        RoleSkillFactory(role=role, skill=skill, must=code == "mig-welding")
    RoleSkillFactory(role=role, skill=Skill.objects.get(code="tig-welding"))
    index_role(role)
    role.save()
    employer = MembershipFactory(organization=role.organization)
    application = ApplicationFactory(role=role, technician=TechnicianFactory())
    application.events.create(to_state="new", side="technician")
    ResponseRate.objects.create(organization=role.organization, decided=20, answered=17)
    cohort = CohortFactory()
    institute = cohort.programme.organization
    enrolment = EnrolmentFactory(cohort=cohort, technician=person, listed_name="Persona Listada")
    PlacementFactory(technician=enrolment.technician, recorded_for=institute, hired_on=datetime.date(2026, 7, 6))
    for number, kind in enumerate(("application_received", "application_moved")):
        notify(
            user_ids=[employer.user.pk, application.technician.user_id],
            kind=kind,
            params={"application": application.pk} | ({"to_state": "interview"} if number else {}),
            dedupe_key=kind,
        )
    registered = IntakeFactory(organization=role.organization, email="persona@example.test")
    _intake, token = make_link(actor=employer.user, organization=role.organization, intake_id=registered.pk)
    waiting, read = (
        CvReadingFactory(technician=person, state=state) for state in (ReadingState.WAITING, ReadingState.READ)
    )
    CvFindingFactory(reading=read, skill=Skill.objects.get(code="tig-welding"), level=3, years=4)
    CvFindingFactory(reading=read, kind=FindingKind.JOB, words="Soldadora", started_on=datetime.date(2021, 3, 1))
    CvFindingFactory(reading=read, skill=Skill.objects.get(code="mig-welding"), level=2)
    phrase = UnlinkedPhrase.objects.create(text="Soldar láminas finas", lang="es", people=4)
    rebuild_now()
    brought = {
        state: ImportJobFactory(organization=role.organization, user=employer.user, state=state)
        for state in (JobState.CHECKING, JobState.CHECKED, JobState.DONE)
    }
    org, school = f"/org/{role.organization.slug}/", f"/org/{institute.slug}/training/"
    return World(
        emails={
            "person": person.user.email,
            "employer": employer.user.email,
            "institute": MembershipFactory(organization=institute).user.email,
            "staff": UserFactory(is_staff=True, is_superuser=True).email,
        },
        pages={
            "anybody": [
                "/{lang}/",
                "/{lang}/roles/?q=tecnico",
                "/{lang}" + role.get_absolute_url()[3:],
                "/{lang}/skills/",
                "/{lang}/skills/?q=soldadura",
                "/{lang}/skills/mig-welding/",
                "/{lang}/occupations/",
                "/{lang}/occupations/welder/",
                "/{lang}/credentials/",
                "/{lang}/credentials/dc3-forklift/",
                "/accounts/login/",
                "/accounts/signup/",
                f"/claim/{token}/",
                "/{lang}/privacy/",
                "/{lang}/how-matching-works/",
                "/accounts/phone/",
            ],
            "person": [
                f"/claim/{token}/",
                "/me/matches/",
                "/me/profile/",
                "/me/skills/",
                "/me/certificates/",
                "/me/experience/",
                "/me/cv/",
                f"/me/cv/{waiting.ref}/",
                f"/me/cv/{read.ref}/",
                "/me/applications/",
                "/me/training/",
                "/me/inbox/",
                "/me/notifications/",
                "/accounts/2fa/",
                "/accounts/reauthenticate/",
                "/me/privacy/",
                "/me/privacy/data/",
                "/me/privacy/delete/",
                "/me/account/",
                "/me/account/confirm/",
                "/me/account/phone/",
                "/me/account/pin/",
            ],
            "employer": [
                org,
                "/me/inbox/",
                f"{org}people/",
                f"{org}people/new/",
                f"{org}people/{registered.pk}/",
                f"{org}identity/",
                f"{org}verification/",
                f"{org}clients/",
                f"{org}plants/",
                f"{org}plants/{role.plant_id}/routes/",
                f"{org}security/",
                "/kiosk/start/",
                f"{org}roles/",
                f"{org}roles/new/",
                f"{org}roles/paste/",
                f"{org}roles/{role.pk}/candidates/",
                f"{org}roles/{role.pk}/applications/",
                f"{org}applications/{application.ref}/",
                f"{org}imports/",
                f"{org}imports/{brought[JobState.CHECKED].ref}/columns/",
                *(f"{org}imports/{job.ref}/" for job in brought.values()),
            ],
            "institute": [
                f"{school}programmes/",
                f"{school}programmes/new/",
                f"{school}cohorts/",
                f"{school}cohorts/{cohort.pk}/",
                f"{school}placements/",
                f"{school}placements/new/",
            ],
            "staff": ["/staff/phrases/", f"/staff/phrases/{phrase.pk}/"],
        },
    )


def faults(reader: Reader, path: str) -> Iterator[str]:
    """What is wrong with a page on this screen."""
    reader.go(path)
    page = reader.page
    where = f"{reader.language} {path}"
    if page.locator("html").get_attribute("lang") != reader.language:
        yield f"{where}: not in the reader's language"
    if over := reader.overflow():
        yield f"{where}: {over} px wider than the screen"
    for fault in violations(page):
        yield f"{where}: {fault}"


def violations(page: Page) -> list[str]:
    """What axe-core finds, when it is serious."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE)
    return [fault for fault in found if fault.startswith(("serious", "critical"))]


def test_a_fault_for_assistive_technology_would_be_found(open_reader: Callable[..., Reader]) -> None:
    reader = open_reader("es")
    reader.go("/accounts/login/")
    assert violations(reader.page) == []
    reader.page.evaluate(BAD_PICTURE)
    assert [fault.split(":")[0] for fault in violations(reader.page)] == ["critical image-alt"]


@pytest.mark.once
def test_every_page_fits_a_phone_and_can_be_read_by_all(world: World, open_reader: Callable[..., Reader]) -> None:
    found: list[str] = []
    for kind, paths in world.pages.items():
        reader = open_reader("es")
        if kind in world.emails:
            reader.log_in(world.emails[kind])
        for language in LANGUAGES:
            if language != reader.language:
                reader.switch_language(language)
            for path in paths:
                found += faults(reader, path.replace("{lang}", language))
    assert not found, "\n".join(found)


def test_the_language_switch_keeps_the_page_and_what_was_asked(open_reader: Callable[..., Reader]) -> None:
    role: Any = RoleFactory(title_es="Soldador", title_en="Welder", description_es="", description_en="")
    index_role(role)
    role.save()
    reader = open_reader("es")
    reader.go("/es/roles/?q=soldador&page=1")
    reader.switch_language("en")
    assert reader.page.url.endswith("/en/roles/?q=soldador&page=1")
    expect(reader.page.locator("main")).to_contain_text("Welder")
    reader.page.get_by_role("link", name="Welder").tap()
    reader.page.wait_for_url(f"**/en/roles/{role.pk}-*/")
    reader.switch_language("es")
    assert f"/es/roles/{role.pk}-" in reader.page.url
    expect(reader.heading()).to_contain_text("Soldador")
    reader.go("/accounts/login/?next=/me/skills/")
    reader.switch_language("en")
    assert reader.page.url.endswith("/accounts/login/?next=/me/skills/")
