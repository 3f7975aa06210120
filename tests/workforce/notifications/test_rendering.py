"""Every kind in both languages, and only what the reader may see at that moment."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import factories as make
from tests.workforce.notifications.making import application, recruiter_of
from workforce.accounts.models import User
from workforce.hiring.choices import ApplicationState
from workforce.notifications.kinds import APPLICATION_MOVED, APPLICATION_RECEIVED
from workforce.notifications.models import Notification
from workforce.notifications.registry import KINDS, Kind, register
from workforce.notifications.rendering import show, show_all
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import AccessLog, Grant

pytestmark = pytest.mark.django_db
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def somebody_who_reads(kind: Kind) -> tuple[User, int]:
    """A reader who may see a subject of the kind, and its id."""
    if kind.subject.name == "application":
        row = application()
        for_recruiters = "person" in PLACEHOLDER.findall(str(kind.body))
        return (recruiter_of(row) if for_recruiters else row.technician.user), row.pk
    if kind.subject.name == "role":
        role: Any = make.RoleFactory()
        return make.MembershipFactory(organization=role.organization).user, role.pk  # type: ignore[attr-defined]
    if kind.subject.name == "organization":
        member: Any = make.MembershipFactory()
        return member.user, member.organization_id
    if kind.subject.name == "enrolment":
        enrolment: Any = make.EnrolmentFactory()
        return enrolment.technician.user, enrolment.pk
    if kind.subject.name == "account":
        user: Any = make.UserFactory()
        return user, user.pk
    raise AssertionError(f"Teach this test to make a {kind.subject.name}.")


def notification(kind: Kind, user: User, subject: int, **params: Any) -> Notification:
    values = {kind.subject.name: subject, **kind.example, **params}
    kind.check(values)
    return Notification(user=user, kind=kind.name, params=values)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_reads_well_in_both_languages_and_leads_somewhere(kind: Kind) -> None:
    user, subject = somebody_who_reads(kind)
    row = notification(kind, user, subject)
    texts = {}
    for language in ("es", "en"):
        with translation.override(language):
            shown = show(row, user)
            assert "%(" not in shown.title + shown.body
            assert shown.title.strip()
            assert shown.body.strip()
            assert shown.url.startswith("/")
            texts[language] = shown
    assert texts["es"].body != texts["en"].body
    with translation.override("en"):
        assert {*PLACEHOLDER.findall(str(kind.title))} <= {*PLACEHOLDER.findall(str(kind.body))} | {kind.subject.name}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_both_languages_use_the_same_placeholders(kind: Kind) -> None:
    for text in (kind.title, kind.body):
        with translation.override("es"):
            spanish = sorted(PLACEHOLDER.findall(str(text)))
        with translation.override("en"):
            assert spanish == sorted(PLACEHOLDER.findall(str(text)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_stranger_reads_nothing_of_any_kind(kind: Kind) -> None:
    user, subject = somebody_who_reads(kind)
    own = show(notification(kind, user, subject), user)
    stranger = make.MembershipFactory().user
    shown = show(notification(kind, stranger, subject), stranger)
    assert shown.url == ""
    assert shown.title != own.title
    assert shown.title == "Esto ya no está"


def test_states_are_told_in_the_readers_words_and_the_roles_title_too() -> None:
    row = application(role=make.RoleFactory(title_es="Soldador", title_en="Welder"))
    told = notification(APPLICATION_MOVED, row.technician.user, row.pk, to_state=ApplicationState.OFFER)
    with translation.override("en"):
        assert show(told, row.technician.user).title == "Offer: Welder"
    with translation.override("es"):
        assert show(told, row.technician.user).title == "Oferta: Soldador"


def test_the_name_is_there_while_the_grant_is_and_gone_with_it() -> None:
    row = application()
    user = recruiter_of(row)
    told = notification(APPLICATION_RECEIVED, user, row.pk)
    assert row.technician.full_name in show(told, user).body
    Grant.objects.update(revoked_at=make.timezone.now())
    after = show(told, user)
    assert row.technician.given_names not in after.title + after.body
    assert row.technician.blind_name in after.body


def test_a_name_that_was_read_leaves_a_trace_and_one_that_was_not_leaves_none() -> None:
    row = application()
    user = recruiter_of(row)
    told = notification(APPLICATION_RECEIVED, user, row.pk)
    show_all([told], user, outside=True)
    show(notification(APPLICATION_MOVED, row.technician.user, row.pk), row.technician.user)
    withdrawn = application(state=ApplicationState.WITHDRAWN)
    show(notification(APPLICATION_RECEIVED, recruiter_of(withdrawn), withdrawn.pk), recruiter_of(withdrawn))
    assert not AccessLog.objects.exists()
    for _again in range(2):
        show(told, user)
    kept = AccessLog.objects.get()
    assert (kept.actor, kept.technician, kept.kind) == (user, row.technician, AccessKind.NAME)
    assert kept.organization_id == row.role.organization_id


def test_who_withdrew_is_blind_again() -> None:
    row = application(state=ApplicationState.WITHDRAWN)
    user = recruiter_of(row)
    shown = show(notification(APPLICATION_RECEIVED, user, row.pk), user)
    assert row.technician.given_names not in shown.title + shown.body


def test_names_of_others_do_not_leave_puente() -> None:
    row = application()
    user = recruiter_of(row)
    shown = show_all([notification(APPLICATION_RECEIVED, user, row.pk)], user, outside=True)[0]
    assert row.technician.given_names not in shown.title + shown.body


def test_who_left_the_organization_reads_nothing_of_it_any_more() -> None:
    row = application()
    user = recruiter_of(row)
    user.memberships.all().delete()
    assert show(notification(APPLICATION_RECEIVED, user, row.pk), user).url == ""


def test_a_kind_that_was_taken_out_of_the_code_is_shown_as_gone() -> None:
    user = make.UserFactory()
    assert show(Notification(user=user, kind="from_the_past", params={"x": 1}), user).url == ""


def test_an_address_of_another_site_is_never_followed() -> None:
    row = application()
    told = notification(APPLICATION_MOVED, row.technician.user, row.pk)
    for bad in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        told.url = bad
        assert show(told, row.technician.user).url == "/me/applications/"
    told.url = "/es/roles/"
    assert show(told, row.technician.user).url == "/es/roles/"


def test_many_cost_no_more_queries_than_few() -> None:
    user = make.TechnicianFactory().user
    rows = [notification(APPLICATION_MOVED, user, application(technician=user.technician).pk) for _number in range(12)]
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            show_all(some, user)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 2


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({}, ValueError),
        ({"application": 1}, ValueError),
        ({"application": "1", "to_state": "offer"}, TypeError),
        ({"application": 1, "to_state": "sacked"}, ValueError),
        ({"application": 1, "to_state": "offer", "name": "Ana"}, ValueError),
        ({"application": 1, "to_state": {"label": "Offer"}}, TypeError),
    ],
)
def test_params_are_ids_and_values_of_choices_and_nothing_else(params: dict[str, Any], error: type) -> None:
    with pytest.raises(error):
        APPLICATION_MOVED.check(params)


def test_no_two_kinds_have_one_name() -> None:
    with pytest.raises(ValueError, match="already"):
        register(APPLICATION_MOVED)
