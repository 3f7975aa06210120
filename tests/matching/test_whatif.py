"""What a role that is not saved would bring: as the lists count, by page and by API, and nothing is saved."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import editions, rebuilds, refresh
from matching.choices import SubjectKind
from matching.corpus.drafts import Draft
from matching.engine.artefact import ArtefactError
from matching.models import LastChange, RoleMatches
from matching.stored import unpack
from matching.whatif import TOP, Preview, preview_role
from tests.access.world import everything_stored
from tests.factories import (
    ApplicationFactory,
    CertificateFactory,
    CredentialFactory,
    GrantFactory,
    MembershipFactory,
    PlantFactory,
    RoleSkillFactory,
    SkillFactory,
    UserFactory,
)
from tests.matching import world
from workforce.accounts.choices import Position, Verification
from workforce.core.errors import Conflict
from workforce.employers.models import Role, RoleCredential
from workforce.employers.rules import CredentialNeed, SkillNeed
from workforce.employers.services import draft_role, publish_role, save_role
from workforce.skills.models import SkillRelation
from workforce.technicians.models import Technician

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_looked_yet() -> None:
    cache.clear()


def needs_of(role: Role) -> tuple[list[SkillNeed], list[CredentialNeed]]:
    """What a stored role asks for."""
    skills = [SkillNeed(need.skill_id, need.level, need.must, need.weight) for need in role.role_skills.all()]
    return skills, [CredentialNeed(need.credential_id, need.must) for need in role.role_credentials.all()]


def of_role(role: Role) -> Preview:
    """The preview of a stored role as it is stored."""
    skills, credentials = needs_of(role)
    found = preview_role(organization=role.organization, draft=Draft(role, skills, credentials))
    assert found is not None
    return found


def assert_as_listed(role: Role) -> None:
    """The preview says what the stored list says."""
    lists = unpack(RoleMatches.objects.get(pk=role.pk))
    found = of_role(role)
    assert (found.reachable, found.found) == (lists.reachable, lists.full.found)
    told = [(match.entry.id, match.entry.order) for match in found.candidates]
    assert told == list(zip(lists.full.ids.tolist(), lists.full.orders.tolist(), strict=True))[:TOP]
    for match in found.candidates:
        assert match.reasons is not None
        assert match.reasons.score == match.score


@pytest.mark.parametrize("seed", range(3))
def test_a_role_as_it_is_stored_gets_its_stored_list(seed: int) -> None:
    people, roles = world.town(people=26, roles=5, seed=seed)
    dice = random.Random(seed)
    papers = [CredentialFactory() for _ in range(2)]
    for person in people:
        for paper in dice.sample(papers, dice.randint(0, 2)):
            CertificateFactory(technician=person, credential=paper)
        free = timezone.localdate() + timedelta(days=dice.randint(0, 40))
        Technician.objects.filter(pk=person.pk).update(english=dice.choice(["", "A2", "B2"]), available_from=free)
    for role in roles[1:]:
        RoleCredential.objects.create(role=role, credential=papers[0], must=dice.random() < 0.5)
        Role.objects.filter(pk=role.pk).update(
            english_min=dice.choice(["", "A2"]), starts_on=timezone.localdate() + timedelta(days=21)
        )
    RoleCredential.objects.create(role=roles[1], credential=papers[1], must=True)
    for role in roles:
        role.role_skills.filter(pk=role.role_skills.first().pk).update(must=True)
    rebuilds.rebuild_now()
    for role in Role.objects.select_related("organization", "plant"):
        assert_as_listed(role)
    Technician.objects.filter(pk=people[0].pk).update(discoverable=False)
    world.ask(SubjectKind.TECHNICIAN, people[0].pk)
    refresh.drain()
    for role in Role.objects.select_related("organization", "plant"):
        assert_as_listed(role)
        without_it = {told.label: told.added for told in of_role(role).obstacles}
        assert len(without_it) == len(of_role(role).obstacles)


class House:
    """An employer with a plant, and people: three who weld (one without the licence, one on another shift)."""

    def __init__(self) -> None:
        self.mig = SkillFactory(code="mig", label_es="Soldadura MIG", label_en="MIG welding")
        self.tig = SkillFactory(code="tig", label_es="Soldadura TIG", label_en="TIG welding")
        self.lift = SkillFactory(code="lift", label_es="Montacargas", label_en="Forklift driving")
        SkillRelation.objects.create(source_skill=self.tig, target_skill=self.mig, strength=0.8)
        named = {"given_names": "Guadalupe", "paternal": "Zubirán", "phone": "+526561234567"}
        both = (self.mig, 3), (self.lift, 3)
        self.able = world.technician(*both, shifts=["second"], **named)
        self.zone = self.able.zone
        self.no_licence = [world.technician((self.mig, 3), shifts=[], zone=self.zone, **named) for _ in range(2)]
        self.other_shift = world.technician(*both, shifts=["first"], zone=self.zone, **named)
        self.related = world.technician((self.tig, 3), (self.lift, 2), shifts=["second"], zone=self.zone, **named)
        self.hidden = world.technician(*both, shifts=["second"], zone=self.zone, discoverable=False, **named)
        self.plant = PlantFactory(zone=self.zone, company_bus=False)
        self.organization = self.plant.organization
        self.member = MembershipFactory(
            organization=self.organization, position=Position.RECRUITER, user=UserFactory(language="en")
        ).user
        rebuilds.rebuild_now()

    def form(self, **more: Any) -> dict[str, Any]:
        """A filled-in form: MIG, and forklift driving as a must, on the second shift."""
        base = {
            "title_en": "Welder of frames",
            "description_en": "Thin sheet, all day.",
            "original_language": "en",
            "plant": self.plant.pk,
            "openings": "3",
            "contract": "permanent",
            "pay_currency": "MXN",
            "pay_period": "week",
            "pay_min": "3500",
            "shifts": ["second"],
            "skill": ["mig", "lift"],
            "level-mig": "3",
            "weight-mig": "9",
            "level-lift": "2",
            "must-lift": "on",
            "once_key": "k1",
        }
        return base | more

    def sent(self, **more: Any) -> dict[str, Any]:
        """The same as the API takes it."""
        base = {
            "organization": self.organization.slug,
            "plant": self.plant.pk,
            "title_en": "Welder of frames",
            "shifts": ["second"],
            "openings": 3,
            "skills": [
                {"skill": "mig", "level": 3, "weight": 9},
                {"skill": "lift", "level": 2, "must": True},
            ],
        }
        return base | more

    @property
    def address(self) -> str:
        return reverse("role-preview", args=[self.organization.slug])


@pytest.fixture
def house(client: Client) -> House:
    made = House()
    client.force_login(made.member)
    return made


def strings(page: Any) -> str:
    """The page's text with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_page_counts_shows_and_names_what_keeps_people_out(client: Client, house: House) -> None:
    page = client.post(house.address, house.form())
    assert page.status_code == 200
    preview = page.context["preview"]
    assert preview.reachable == 2
    assert [match.entry.id for match in preview.candidates[:2]] == [house.able.pk, house.related.pk]
    assert [(told.kind, told.code, told.added) for told in preview.obstacles] == [
        ("must", "lift", 2),
        ("shift", None, 1),
        ("commute", None, 0),
    ]
    text = strings(page)
    assert "2 candidates within reach" in text
    assert "+2 Forklift driving (as a plus instead of a must)" in text
    assert "+1 The shift (if it were not asked for)" in text
    assert "Missing: Forklift driving" in text
    assert "80% through TIG welding" in text


def test_it_says_what_saving_then_brings(client: Client, house: House) -> None:
    before = client.post(house.address, house.form()).context["preview"]
    client.post(reverse("role-create", args=[house.organization.slug]), house.form(publish="yes"))
    role = Role.objects.get()
    world.ask(SubjectKind.ROLE, role.pk)
    refresh.drain()
    lists = unpack(RoleMatches.objects.get(pk=role.pk))
    assert (lists.reachable, lists.full.found) == (before.reachable, before.found)
    assert set(lists.full.ids.tolist()) == {match.entry.id for match in before.candidates}


def test_nothing_is_saved_and_nothing_typed_is_lost(client: Client, house: House) -> None:
    client.post(house.address, house.form(title_en=""))  # rows are read in the language of the last request
    before = everything_stored()
    page = client.post(house.address, house.form())
    assert everything_stored() == before
    html = page.content.decode()
    for typed in ("Welder of frames", "Thin sheet, all day.", 'value="3500"', 'value="k1"'):
        assert typed in html, typed
    assert re.search(r'name="must-lift"[^>]* checked', html)
    assert not re.search(r'name="must-mig"[^>]* checked', html)
    assert page.context["form"].is_bound
    assert f'action="{reverse("role-create", args=[house.organization.slug])}"' in html
    assert f'formaction="{house.address}#fits"' in html


def test_people_stay_blind_even_those_who_applied(client: Client, house: House) -> None:
    role = world.role((house.mig, 1), plant=house.plant)
    ApplicationFactory(role=role, technician=house.able)
    GrantFactory(technician=house.able, organization=house.organization)
    GrantFactory(technician=house.hidden, organization=house.organization)
    html = client.post(house.address, house.form()).content.decode()
    sent = client.post(reverse("api-role-preview"), house.sent(), content_type="application/json").content.decode()
    for told in (html, sent):
        assert house.able.blind_name in told
        assert house.hidden.blind_name not in told
        for secret in ("Guadalupe", "Zubirán", "6561234567", house.able.user.email):
            assert secret not in told


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_en": ""}, "title_en"),
        ({"skill": ["no-such-skill"]}, "skills"),
        ({"skill": []}, "skills"),
        ({"openings": "0"}, "openings"),
        ({"pay_min": "9", "pay_max": "5"}, "pay_max"),
        ({"starts_on": "2001-01-01"}, "starts_on"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client: Client, house: House, wrong: Any, field: str) -> None:
    page = client.post(house.address, house.form(**wrong))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert "preview" not in page.context
    assert 'id="fits"' not in page.content.decode()


def test_an_edited_role_is_tried_as_it_would_be_changed(client: Client, house: House) -> None:
    role = world.role((house.mig, 3), (house.lift, 2), must=(house.lift,), plant=house.plant, shifts=["second"])
    rebuilds.rebuild_now()
    address = reverse("role-edit-preview", args=[house.organization.slug, role.pk])
    client.post(address, house.form(title_en=""))
    before = everything_stored()
    as_is = client.post(address, house.form(revision=role.revision)).context["preview"]
    changed = house.form(revision=role.revision, shifts=[])
    changed.pop("must-lift")
    wider = client.post(address, changed).context["preview"]
    assert everything_stored() == before
    assert as_is.reachable == 2
    assert wider.reachable == 5
    assert {told.kind for told in wider.obstacles} == {"commute"}
    assert client.get(address).url == reverse("role-edit", args=[house.organization.slug, role.pk])
    assert client.get(house.address).url == reverse("role-create", args=[house.organization.slug])


def test_in_spanish_too(client: Client, house: House) -> None:
    house.member.language = "es"
    house.member.save()
    text = strings(client.post(house.address, house.form()))
    for told in ("2 candidatos a tu alcance", "Quién encaja tal como está", "+1 El turno (si no se pidiera)"):
        assert told in text, told
    assert "+2 Montacargas (si contara a favor y no fuera indispensable)" in text


def test_certificates_count_one_by_one(client: Client, house: House) -> None:
    papers = [CredentialFactory(name_es=f"Papel {n}", name_en=f"Paper {n}") for n in range(2)]
    CertificateFactory(technician=house.able, credential=papers[0])
    for paper in papers:
        CertificateFactory(technician=house.related, credential=paper)
    rebuilds.rebuild_now()
    page = client.post(house.address, house.form(credentials=[paper.pk for paper in papers]))
    told = {one.code: one.added for one in page.context["preview"].obstacles if one.kind == "credential"}
    assert page.context["preview"].reachable == 1
    assert told == {papers[1].code: 1, papers[0].code: 0}
    assert "+1 Paper 1" in strings(page)
    assert "Paper 0" not in strings(page).partition("What keeps people out")[2].partition("who fit")[0]


def test_conditions_that_keep_nobody_out_are_not_listed() -> None:
    idle = SimpleNamespace(added=0, label="Torno", lang="", is_must=True)
    preview = SimpleNamespace(reachable=3, obstacles=[idle])
    told = render_to_string("matching/role_preview.html", {"preview": preview, "candidates": []})
    assert "Torno" not in told
    assert "Ninguna lo hace por sí sola" in told


def test_an_organization_that_is_not_verified_sees_nobody(client: Client, house: House) -> None:
    house.organization.verification = Verification.PENDING
    house.organization.save()
    page = client.post(house.address, house.form())
    assert "preview" not in page.context
    assert "checks every organization" in strings(page)
    assert house.able.blind_name not in page.content.decode()
    refused = client.post(reverse("api-role-preview"), house.sent(), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_verified")


@pytest.mark.parametrize("missing", ["edition", "engine"])
def test_before_there_is_anything_to_compare_with(
    client: Client, house: House, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(version: str) -> None:
        raise ArtefactError("gone")

    if missing == "edition":
        monkeypatch.setattr("matching.whatif.current_edition", lambda: None)
    else:
        editions.forget_workspaces()
        monkeypatch.setattr(editions, "load_engine", fail)
    assert "for the first time" in strings(client.post(house.address, house.form()))
    refused = client.post(reverse("api-role-preview"), house.sent(), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_computed_yet")


def test_who_looks_too_often_has_to_wait_and_loses_nothing(client: Client, house: House, settings: Any) -> None:
    settings.PREVIEW_RATE = "2/min"
    assert client.post(house.address, house.form(title_en="")).status_code == 200  # a form with mistakes is not counted
    assert client.post(house.address, house.form()).status_code == 200
    api = reverse("api-role-preview")
    assert client.post(api, house.sent(), content_type="application/json").status_code == 200
    page = client.post(house.address, house.form())
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert "Welder of frames" in page.content.decode()
    assert client.post(api, house.sent(), content_type="application/json").status_code == 429


def test_the_api_answers_as_the_page_does(client: Client, house: House) -> None:
    address = reverse("api-role-preview") + "?lang=es"
    client.post(address, house.sent(title_en=""), content_type="application/json")
    before = everything_stored()
    answer = client.post(address, house.sent(), content_type="application/json")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert (found["reachable"], found["found"]) == (2, 5 - 1)
    assert found["obstacles"][0] == {
        "condition": "must",
        "code": "lift",
        "label": "Montacargas",
        "label_es": "Montacargas",
        "label_en": "Forklift driving",
        "added": 2,
    }
    assert found["obstacles"][1]["label_es"] == "El turno"
    first = found["candidates"][0]
    assert (first["technician"]["ref"], first["technician"]["is_named"]) == (str(house.able.ref), False)
    assert first["explanation"]["missing_musts"] == []
    assert everything_stored() == before


def test_the_api_says_what_is_wrong_and_tells_strangers_nothing(client: Client, house: House) -> None:
    api = reverse("api-role-preview")
    for wrong, field in (({"skills": []}, "skills"), ({"title_en": ""}, "title_es"), ({"plant": 0}, "plant")):
        refused = client.post(api, house.sent(**wrong), content_type="application/json")
        assert refused.status_code == 400
        assert [error["field"] for error in refused.json()["errors"]] == [field]
    client.force_login(MembershipFactory().user)
    assert client.post(api, house.sent(), content_type="application/json").status_code == 404
    school = MembershipFactory(organization__institute=True)
    client.force_login(school.user)
    own = client.post(api, house.sent(organization=school.organization.slug), content_type="application/json")
    assert own.status_code == 404


def test_it_costs_the_same_queries_however_many_people(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "PAGE_AGE", 1e9)  # else it is looked for new zones at some moment

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.post(house.address, house.form())
        assert page.context["preview"].candidates
        return len(queries)

    cost()  # reads everybody
    few = cost()
    for _ in range(30):
        person = world.technician((house.mig, 3), (house.lift, 3), shifts=["second"], zone=house.zone)
        world.ask(SubjectKind.TECHNICIAN, person.pk)
    cost()  # reads the new ones
    page = client.post(house.address, house.form())
    assert page.context["preview"].reachable == 32
    assert len(page.context["preview"].candidates) == TOP
    LastChange.objects.all().delete()  # within one transaction PostgreSQL would have them read again each time
    assert cost() == few <= 30


def test_the_service_refuses_what_saving_would_refuse(house: House) -> None:
    values = {"plant": house.plant, "title_en": "Welder", "openings": 1}
    with pytest.raises(ValidationError) as found:
        draft_role(organization=house.organization, values=values, skills=[])
    assert "skills" in found.value.error_dict
    made = draft_role(organization=house.organization, values=values, skills=[SkillNeed(house.mig.pk)])
    assert made.pk is None
    assert not Role.objects.exists()
    saved = save_role(
        actor=None, organization=house.organization, values=values, skills=[SkillNeed(house.mig.pk, weight=None)]
    )
    publish_role(role=saved)
    RoleSkillFactory(role=saved, skill=house.tig)
    changed = draft_role(
        organization=house.organization, values={"openings": 9}, skills=[SkillNeed(house.mig.pk)], role=saved
    )
    assert (changed.pk, changed.openings) == (saved.pk, 9)
    assert Role.objects.get().openings == 1
    house.organization.verification = Verification.PENDING
    with pytest.raises(Conflict):
        preview_role(organization=house.organization, draft=Draft(made, [SkillNeed(house.mig.pk)]))
