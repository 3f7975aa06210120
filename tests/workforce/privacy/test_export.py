"""Everything that there is of a person, and nothing of anybody else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile, FileField
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.access.world import World, build_world
from workforce.core.personal import Person, declarations
from workforce.notifications.models import Delivery
from workforce.privacy.exporting import MAX_FILE, _value, export_data, export_groups
from workforce.technicians.choices import AccessKind
from workforce.technicians.services import note_access

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def client(world: World) -> Client:
    return world.client("technician")


def exported(client: Client) -> Any:
    return json.loads(client.get(reverse("my-data-file")).content)


def test_the_file_holds_every_model_that_has_a_row_of_mine(world: World, client: Client) -> None:
    person = Person(world.users["technician"].pk, world.technician.pk)
    hidden = {"sessions.Session", "matching.RefreshRequest"}
    expected = {one.label for one in declarations() if one.rows(person).exists()} - hidden
    data = exported(client)["data"]
    assert set(data) == expected
    assert {"accounts.User", "technicians.Technician", "hiring.Application", "hiring.Placement"} <= expected
    assert data["accounts.User"][0]["email"] == world.users["technician"].email
    assert data["technicians.Technician"][0]["given_names"] == world.technician.given_names
    assert data["hiring.Application"][0]["technician"] == "me"


def test_it_is_a_file_that_nobody_keeps_for_us(client: Client) -> None:
    response = client.get(reverse("my-data-file"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="puente.json"'
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"].startswith("application/json")


def test_no_secret_is_in_it(world: World, client: Client) -> None:
    Delivery.objects.create(
        user=world.users["technician"], notification=world.notification, channel="email", provider_id="provider-7"
    )
    text = client.get(reverse("my-data-file")).content.decode()
    assert world.users["technician"].password not in text
    assert client.session.session_key not in text
    assert "provider-7" not in text


def test_nothing_of_anybody_else_is_in_it(world: World, client: Client) -> None:
    other = world.other_technician
    type(other).objects.filter(pk=other.pk).update(given_names="Zoraida", phone="+526560000001", summary_es="secreto")
    make.ExperienceFactory(technician=other, title="Puesto ajeno")
    make.ApplicationFactory(technician=other, role=world.role, message="mensaje ajeno")
    make.EnrolmentFactory(technician=other, cohort=world.cohort, listed_name="Lista Ajena")
    recruiter = world.users["recruiter"]
    note_access(
        actor=recruiter, technicians=[world.technician], kind=AccessKind.NAME, organization_id=world.employer.pk
    )
    pages = [client.get(reverse(name)).content.decode() for name in ("my-data-file", "my-data", "my-privacy")]
    pages.append(client.get(reverse("api-my-export")).content.decode())
    strangers = [user.email for kind, user in world.users.items() if kind != "technician" and user.email]
    for page in pages:
        for word in ("Zoraida", "+526560000001", "secreto", "Puesto ajeno", "mensaje ajeno", "Lista Ajena", *strangers):
            assert word not in page
    assert "Planta Propia" in pages[0], "for which organization somebody looked is told"


def test_the_page_says_it_in_words(world: World, client: Client) -> None:
    world.technician.given_names = "Renata"
    world.technician.shifts = ["first"]
    world.technician.save()
    make.evidence_of(world.technician_skill, "declared")
    page = client.get(reverse("my-data")).content.decode()
    assert "Renata" in page
    assert world.users["technician"].email in page
    assert "technicians.Technician" not in page
    assert "Primer turno" in page
    assert page.count(str(world.technician_skill.skill)) == 2, "the evidence says of which skill"
    assert str(world.technician_skill) not in page, "a number is no name"


def test_the_page_and_the_file_tell_of_the_same_models(world: World) -> None:
    person = Person(world.users["technician"].pk, world.technician.pk)
    titles = {group.title for group in export_groups(person)}
    told = {
        str(one.model._meta.verbose_name_plural).capitalize()
        for one in declarations()
        if one.label in export_data(person)["data"] and len(one.hidden) < len(one.model._meta.fields) - 1
    }
    numbers_only = {
        str(one.model._meta.verbose_name_plural).capitalize()
        for one in declarations()
        if one.label.startswith("matching.") or one.label == "sessions.Session"
    }
    assert titles - numbers_only == told - numbers_only


def test_a_member_exports_what_there_is_of_them(world: World) -> None:
    data = exported(world.client("recruiter"))["data"]
    assert "accounts.Membership" in data
    assert "technicians.Technician" not in data
    assert world.technician.given_names not in json.dumps(data)


def test_api_and_file_are_the_same(client: Client) -> None:
    assert client.get(reverse("api-my-export")).json()["data"].keys() == exported(client)["data"].keys()


def test_files_are_in_it_with_what_is_in_them() -> None:
    column = FileField(name="paper")
    column.attname = "paper"
    name = default_storage.save("papers/one.txt", ContentFile("inside"))

    class Row:
        paper = FieldFile(None, column, name)  # type: ignore[arg-type]

    told = _value(column, Row(), Person(user_id=1))  # type: ignore[arg-type]
    assert (told["size"], told["base64"]) == (6, "aW5zaWRl")
    default_storage.delete(name)
    assert _value(column, Row(), Person(user_id=1)) is None  # type: ignore[arg-type]
    assert MAX_FILE > 6
