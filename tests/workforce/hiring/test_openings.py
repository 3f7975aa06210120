"""Openings count down on hire, the role closes when it is full, and whoever still waits is told."""

from __future__ import annotations

import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.accounts.models import User
from workforce.core.errors import Conflict
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.employers.services import publish_role, save_role
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.hires import Hire
from workforce.hiring.models import Application, ApplicationEvent, Placement
from workforce.hiring.services import apply_to_role, move_application
from workforce.notifications.models import Notification
from workforce.technicians.models import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Role:
    made: Role = make.RoleFactory(openings=2)
    make.RoleSkillFactory(role=made)
    return made


@pytest.fixture
def recruiter(role: Role) -> User:
    user: User = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    return user


def applied(role: Role) -> Application:
    person = make.TechnicianFactory()
    return apply_to_role(technician=person, role=role, actor=person.user)


def hire(application: Application, recruiter: User, **kwargs: Any) -> Application:
    return move_application(application=application, to_state=S.HIRED, actor=recruiter, hire=Hire(**kwargs))


def test_the_last_hire_closes_the_role_and_the_others_wait(role: Role, recruiter: User) -> None:
    first, second, third = (applied(role) for _ in range(3))
    hire(first, recruiter)
    role.refresh_from_db()
    assert (role.hired, role.openings_left, role.state) == (1, 1, RoleState.PUBLISHED)
    hire(second, recruiter)
    role.refresh_from_db()
    assert (role.hired, role.openings_left, role.is_full, role.state) == (2, 0, True, RoleState.CLOSED)
    assert list(Application.objects.waiting()) == [third]
    told = Notification.objects.filter(user=third.technician.user).values_list("kind", flat=True)
    assert list(told) == ["role_full"]
    assert not Notification.objects.filter(kind="role_closed").exists()


def test_nobody_more_is_hired_and_the_way_out_is_said(role: Role, recruiter: User) -> None:
    first, second, third = (applied(role) for _ in range(3))
    hire(first, recruiter)
    hire(second, recruiter)
    for language, words in (("es", "Sube el número de lugares"), ("en", "Raise the number of openings")):
        with translation.override(language), pytest.raises(Conflict) as refused:
            hire(third, recruiter)
        assert refused.value.code == "role_full"
        assert words in str(refused.value)
    third.refresh_from_db()
    assert (third.state, third.events.count(), Placement.objects.count()) == (S.NEW, 1, 2)
    save_role(actor=recruiter, organization=role.organization, role=role, values={"openings": 3})
    assert hire(third, recruiter).state == S.HIRED


def test_the_database_itself_refuses_more_hires_than_openings(role: Role) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.filter(pk=role.pk).update(hired=3)


def test_openings_go_no_lower_than_hires_and_down_to_them_close_the_role(role: Role, recruiter: User) -> None:
    save_role(actor=recruiter, organization=role.organization, role=role, values={"openings": 4})
    for _ in range(2):
        hire(applied(role), recruiter)
    with pytest.raises(ValidationError) as refused:
        save_role(actor=recruiter, organization=role.organization, role=role, values={"openings": 1})
    assert refused.value.error_dict["openings"][0].code == "fewer_than_hired"
    waiting = applied(role)
    save_role(actor=recruiter, organization=role.organization, role=role, values={"openings": 2})
    role.refresh_from_db()
    assert role.state == RoleState.CLOSED
    assert Notification.objects.filter(user=waiting.technician.user, kind="role_full").count() == 1
    with pytest.raises(ValidationError) as refused:
        publish_role(role=role)
    assert refused.value.error_dict["openings"][0].code == "role_full"


def test_a_hire_taken_back_frees_the_place_and_the_role_stays_closed(role: Role, recruiter: User) -> None:
    gone, other, waiting = (applied(role) for _ in range(3))
    hire(gone, recruiter)
    hire(other, recruiter)
    row = move_application(application=gone, to_state=S.REVIEWING, actor=recruiter)
    role.refresh_from_db()
    assert (row.state, role.hired, role.openings_left, role.state) == (S.REVIEWING, 1, 1, RoleState.CLOSED)
    assert not Placement.objects.filter(application=gone).exists()
    told = Notification.objects.filter(user=gone.technician.user).order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["application_hired", "hire_taken_back"]
    assert hire(waiting, recruiter).state == S.HIRED
    publish_role(role=save_role(actor=None, organization=role.organization, role=role, values={"openings": 3}))


def test_a_hire_is_taken_back_twice_as_once(role: Role, recruiter: User) -> None:
    row = hire(applied(role), recruiter)
    for _ in range(2):
        move_application(application=row, to_state=S.REVIEWING, actor=recruiter)
    role.refresh_from_db()
    assert (role.hired, row.events.count()) == (0, 3)


@pytest.mark.parametrize(("days", "stands"), [(7, False), (8, True)])
def test_somebody_who_worked_for_a_while_was_hired(role: Role, recruiter: User, days: int, stands: bool) -> None:
    first_day = timezone.localdate() - datetime.timedelta(days=days)
    row = hire(applied(role), recruiter, hired_on=first_day)
    if not stands:
        assert move_application(application=row, to_state=S.REVIEWING, actor=recruiter).state == S.REVIEWING
        return
    with pytest.raises(Conflict) as refused:
        move_application(application=row, to_state=S.REVIEWING, actor=recruiter)
    assert refused.value.code == "hire_stands"
    role.refresh_from_db()
    assert (role.hired, Placement.objects.count()) == (1, 1)


def test_pages_and_api_say_how_many_are_left(client: Any, role: Role, recruiter: User) -> None:
    hire(applied(role), recruiter)
    answer = client.get(f"/api/v1/roles/{role.pk}/").json()
    assert (answer["openings"], answer["openings_left"]) == (2, 1)
    role.refresh_from_db()
    assert "1 de 2 libres" in client.get(role.get_absolute_url()).content.decode()
    assert "1 lugar" in client.get(reverse("role-search")).content.decode()


def test_who_waits_reads_so_and_the_employer_how_many_are_hired(client: Any, role: Role, recruiter: User) -> None:
    for application in (applied(role), applied(role)):
        hire(application, recruiter)
    role.refresh_from_db()
    save_role(actor=None, organization=role.organization, role=role, values={"openings": 3})
    publish_role(role=role)
    waiting, last = applied(role), applied(role)
    hire(last, recruiter)
    client.force_login(waiting.technician.user)
    assert "lista de espera" in client.get(reverse("my-applications")).content.decode()
    assert client.get(f"/api/v1/applications/{waiting.ref}/").json()["is_waiting"] is True
    client.force_login(recruiter)
    page = client.get(reverse("role-applications", args=[role.organization.slug, role.pk])).content.decode()
    assert "3 de 3" in page
    assert "sube el número de lugares" in page


def test_both_sides_read_the_history_and_no_name_of_the_other(client: Any, role: Role, recruiter: User) -> None:
    application = applied(role)
    move_application(application=application, to_state=S.REFUSED, actor=recruiter, reason="shift")
    for user in (recruiter, application.technician.user):
        client.force_login(user)
        moves = client.get(f"/api/v1/applications/{application.ref}/history/").json()
        assert [(move["from_state"], move["to_state"], move["side"], move["reason"]) for move in moves] == [
            ("", "new", "technician", ""),
            ("new", "refused", "employer", "shift"),
        ]


def test_rows_from_before_are_counted_and_their_history_is_whole(role: Role) -> None:
    """What the migrations do to rows that were made before hires were counted."""
    rows = [make.ApplicationFactory(role=role, state=S.HIRED) for _ in range(3)]
    erased = make.ApplicationFactory(role=role, state=S.WITHDRAWN)
    refused = make.ApplicationFactory(role=role, state=S.REFUSED)
    for row in (*rows, refused):
        ApplicationEvent.objects.create(application=row, from_state="", to_state=S.NEW, actor=row.technician.user)
        ApplicationEvent.objects.create(application=row, from_state=S.NEW, to_state=row.state)
    ApplicationEvent.objects.create(application=erased, from_state="", to_state=S.NEW)
    grant = make.GrantFactory(
        technician=refused.technician, organization=role.organization, source=f"application:{refused.pk}"
    )
    editor = type("Editor", (), {"connection": connection})
    import_module("workforce.employers.migrations.0009_count_the_hires_there_were").count_hires(apps, editor)
    history = import_module("workforce.hiring.migrations.0003_history_of_what_there_was")
    for step in (history.tell_sides, history.tell_ends, history.end_contact):
        step(apps, editor)
    role.refresh_from_db()
    assert (role.hired, role.openings) == (3, 3)
    assert list(erased.events.values_list("from_state", "to_state", "side")) == [
        ("", "new", "technician"),
        ("new", "withdrawn", "system"),
    ]
    assert list(rows[0].events.values_list("side", flat=True)) == ["technician", "employer"]
    assert not Grant.objects.filter(pk=grant.pk, revoked_at=None).exists()
