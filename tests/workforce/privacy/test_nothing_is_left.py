"""The test that counts: unique marks in every field and file of a person are found nowhere after the horizon."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.access.world import World, build_world
from workforce.accounts.models import Organization
from workforce.accounts.notices import load_notices
from workforce.core.personal import Declaration, Person, declarations, plain, stored_fields
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application, ApplicationEvent, Placement
from workforce.privacy.choices import RequestKind, RequestState
from workforce.privacy.erasing import erase_due
from workforce.privacy.models import DataRequest
from workforce.privacy.services import request_erasure
from workforce.skills.models import UnlinkedPhrase
from workforce.technicians.models import Technician, TechnicianSkill
from workforce.training.models import Enrolment

pytestmark = pytest.mark.django_db
MARK = re.compile(r"zq\d{5}x", re.IGNORECASE)
SHORTEST = 8
# Made by their own code, and looked for by what they are about and not by what they say.
BY_HAND = {
    "sessions.Session": "what is in it is packed and signed; that the row is gone is tested below",
    "skills.UnlinkedPhrase": "found by the words of the person; planted below",
    "matching.RefreshRequest": "numbers only",
}
ADDRESSES = {"admin.LogEntry": {"object_id"}}
counter = itertools.count(1)


def mark() -> str:
    return f"zq{next(counter):05d}x"


def value_for(column: Any) -> Any:
    """A value with a mark in it, or None where the column can hold none."""
    if column.is_relation or column.choices:
        return None
    if isinstance(column, models.FileField):
        text = mark()
        return column.storage.save(f"{column.get_attname()}/{text}.txt", ContentFile(f"inside {mark()}"))
    if isinstance(column, models.JSONField):
        return [{"words": mark()}]
    if isinstance(column, models.BinaryField):
        return mark().encode()
    if isinstance(column, models.EmailField):
        return f"{mark()}@example.test"
    if isinstance(column, models.CharField | models.TextField):
        return mark() if column.max_length is None or column.max_length >= SHORTEST else None
    return None


def fill(one: Declaration, person: Person) -> None:
    """Write marks into all rows of a person, but where a reason was given to keep the value."""
    for key in list(one.rows(person).values_list("pk", flat=True)):
        values = {
            column.name: value
            for column in stored_fields(one.model)
            if column.name not in one.keep | ADDRESSES.get(one.label, set())
            and (value := value_for(column)) is not None
        }
        plain(one.label).filter(pk=key).update(**values)


def plant_row(one: Declaration, person: Person) -> None:
    """Make a row of a model that nobody made one of: each relation to the person or to any row there is."""
    values: dict[str, Any] = {}
    for column in stored_fields(one.model):
        if column.is_relation:
            label = column.related_model._meta.label
            own = {"accounts.User": person.user_id, "technicians.Technician": person.technician_id}
            key = own.get(label)
            if key is None:
                theirs = next((other.rows(person) for other in declarations() if other.label == label), None)
                row = (theirs.first() if theirs is not None else None) or plain(label).first()
                key = row.pk if row else None
            values[column.attname] = key
        elif isinstance(column, models.DateTimeField):
            values[column.name] = timezone.now()
        elif isinstance(column, models.DateField):
            values[column.name] = timezone.localdate()
        elif column.choices:
            values[column.name] = column.flatchoices[0][0]
        elif not column.has_default() and (value := value_for(column)) is not None:
            values[column.name] = value
    plain(one.label).bulk_create([one.model(**values)])


@pytest.fixture
def world() -> World:
    """Somebody with a row in every table that can be about a person."""
    load_notices()
    world = build_world()
    Client().force_login(world.users["technician"])
    technician = world.technician
    make.CertificateFactory(technician=technician)
    make.evidence_of(world.technician_skill, "declared")
    make.ExperienceFactory(technician=technician)
    Group.objects.create(name="helpers")
    TechnicianSkill.objects.create(technician=technician, raw="words")
    for number, (target, text) in enumerate(
        ((world.users["technician"], ""), (technician, ""), (world.employer, f"added {technician.user.email}"))
    ):
        LogEntry.objects.create(
            user=world.users["staff"],
            content_type=ContentType.objects.get_for_model(target),
            object_id=str(target.pk),
            object_repr=str(number),
            action_flag=2,
            change_message=text,
        )
    return world


@pytest.fixture
def person(world: World) -> Person:
    return Person(world.users["technician"].pk, world.technician.pk)


def plant(person: Person) -> None:
    """Marks in everything."""
    missing = [one for one in declarations() if one.label not in BY_HAND and not one.rows(person).exists()]
    for _again in range(3):  # a row may need another one that comes later
        for one in missing:
            with contextlib.suppress(IntegrityError), transaction.atomic():
                plant_row(one, person)
        missing = [one for one in missing if not one.rows(person).exists()]
    assert not missing, (
        f"No row of the person could be made of {[one.label for one in missing]}: make it in the fixture ``world``."
    )
    email = plain("accounts.User").get(pk=person.user_id).email
    named = list(LogEntry.objects.filter(change_message__contains=email).values_list("pk", flat=True))
    for one in declarations():
        if one.label not in BY_HAND:
            fill(one, person)
    changed = plain("accounts.User").get(pk=person.user_id).email
    LogEntry.objects.filter(pk__in=named).update(change_message=f"added {changed}")  # found by the address alone
    for raw in TechnicianSkill.objects.filter(technician_id=person.technician_id).exclude(raw=""):
        UnlinkedPhrase.objects.create(text=raw.raw)


def marks_left() -> Iterator[str]:
    """Where a mark is found: any column of any table, any file, any mail."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    if found := MARK.search(text):
                        yield f"{table}.{name}: {found[0]}"
    for folder in {Path(settings.MEDIA_ROOT), Path(settings.VAR_DIR)}:
        for path in folder.rglob("*"):
            inside = path.read_bytes().decode("latin-1") if path.is_file() and "sqlite" not in path.name else ""
            if found := MARK.search(path.name + inside):
                yield f"{path}: {found[0]}"
    for message in mail.outbox:
        if found := MARK.search(str(message.message())):
            yield f"a mail: {found[0]}"


def pass_the_horizon() -> None:
    DataRequest.objects.filter(kind=RequestKind.ERASE).update(due=timezone.now() - timedelta(seconds=1))


def test_marks_in_every_field_and_file_are_found_nowhere_after_the_horizon(
    world: World, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    plant(person)
    planted = list(marks_left())
    assert len({place.split(":")[0] for place in planted}) > 30, "the marks are not even there before"
    caplog.set_level("DEBUG")
    user = world.users["technician"]
    request_erasure(user=user, password=None)
    assert erase_due() == 0, "not before its time"
    pass_the_horizon()
    assert erase_due() == 1
    assert list(marks_left()) == []
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not [record for record in ours if MARK.search(record.getMessage() + str(record.exc_text))]
    for one in declarations():
        assert one.change is not None or not one.rows(person).exists(), f"{one.label} still has rows"


def test_what_stays_of_others_is_theirs(world: World, person: Person) -> None:
    other = make.ApplicationFactory(role=world.role, technician=world.other_technician, message="not theirs")
    ApplicationEvent.objects.create(application=world.application, to_state="new", actor=world.users["technician"])
    ApplicationEvent.objects.create(application=other, to_state="new", actor=world.users["recruiter"])
    before = {
        "users": set(plain("accounts.User").exclude(pk=person.user_id).values_list("email", flat=True)),
        "organizations": list(Organization.objects.order_by("pk").values_list("name", flat=True)),
        "other": list(Technician.objects.filter(pk=world.other_technician.pk).values_list()),
    }
    request_erasure(user=world.users["technician"], password=None)
    pass_the_horizon()
    erase_due()
    assert {
        "users": set(plain("accounts.User").values_list("email", flat=True)),
        "organizations": list(Organization.objects.order_by("pk").values_list("name", flat=True)),
        "other": list(Technician.objects.filter(pk=world.other_technician.pk).values_list()),
    } == before
    other.refresh_from_db()
    assert (other.message, other.state) == ("not theirs", ApplicationState.NEW)
    assert ApplicationEvent.objects.get(application=other).actor == world.users["recruiter"]


def test_history_stays_without_the_person(world: World, person: Person) -> None:
    plant(person)
    request_erasure(user=world.users["technician"], password=None)
    pass_the_horizon()
    erase_due()
    application = Application.objects.get(pk=world.application.pk)
    assert application.role == world.role
    assert application.state == ApplicationState.WITHDRAWN, "nobody is left to answer"
    erased = Technician.objects.get(pk=world.technician.pk)
    assert (erased.state, erased.user_id, erased.full_name) == ("erased", None, erased.blind_name)
    assert str(erased.ref) != str(world.technician.ref), "an old link to the person leads nowhere"
    assert Placement.objects.get(pk=world.placement.pk).hired_on == world.placement.hired_on
    assert Enrolment.objects.get(pk=world.enrolment.pk).cohort == world.cohort
    done = DataRequest.objects.get(kind=RequestKind.ERASE)
    assert (done.state, done.user_id, done.technician_id) == (RequestState.DONE, None, None)
    assert erase_due() == 0
