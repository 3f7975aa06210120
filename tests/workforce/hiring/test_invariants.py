"""``manage.py check_invariants``: silent where all is well, and it sees each kind of damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.core.invariants import check_invariants, invariants
from workforce.core.personal import Person, declarations
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import Application, ApplicationEvent, Placement
from workforce.hiring.services import apply_to_role, move_application
from workforce.privacy.erasing import erase_rows
from workforce.privacy.services import revoke_grant
from workforce.technicians.models import Grant

pytestmark = pytest.mark.django_db


def broken() -> set[str]:
    """Names of the invariants that do not hold."""
    return {finding.invariant.name for finding in check_invariants() if finding.count}


@pytest.fixture
def rows() -> dict[str, Application]:
    """An application at each state, reached by moves, and one that was hired and taken back."""
    role: Role = make.RoleFactory(openings=3)
    recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    made: dict[str, Application] = {}
    for state in S.values:
        person = make.TechnicianFactory()
        made[state] = apply_to_role(technician=person, role=role, actor=person.user)
        actor = {S.WITHDRAWN: person.user, S.EXPIRED: None}.get(S(state), recruiter)
        if state != S.NEW:
            made[state] = move_application(application=made[state], to_state=state, actor=actor, reason="skills")
    gone = made[S.REVIEWING]
    for state in (S.HIRED, S.REVIEWING):
        move_application(application=gone, to_state=state, actor=recruiter)
    return made


def test_all_is_well_after_moves_of_every_kind(rows: dict[str, Application]) -> None:
    assert not broken()
    out = StringIO()
    call_command("check_invariants", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(invariants()) > 10
    assert all(line.startswith("ok ") for line in lines)


def test_all_is_well_once_people_are_erased(rows: dict[str, Application]) -> None:
    for row in rows.values():
        person = Person(row.technician.user_id, row.technician_id)
        for one in declarations():
            if one.label in ("hiring.Application", "hiring.ApplicationEvent", "hiring.Placement", "technicians.Grant"):
                erase_rows(one, person)
    assert not broken()
    ends = list(rows[S.OFFER].events.order_by("pk").values_list("from_state", "to_state", "side"))
    assert ends[-1] == ("offer", "withdrawn", "system")


def test_who_took_contact_back_after_a_hire_breaks_nothing_when_the_hire_is_taken_back() -> None:
    role: Role = make.RoleFactory()
    recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
    person = make.TechnicianFactory()
    row = apply_to_role(technician=person, role=role, actor=person.user)
    move_application(application=row, to_state=S.HIRED, actor=recruiter)
    assert revoke_grant(user=person.user, grant_id=Grant.objects.get(source=f"application:{row.pk}").pk)
    move_application(application=row, to_state=S.REVIEWING, actor=recruiter)
    assert not broken()


def _hire_uncounted(rows: dict[str, Application]) -> None:
    Role.objects.update(hired=0)


def _hire_too_many(rows: dict[str, Application]) -> None:
    Application.objects.update(state=S.HIRED)


def _open_again(rows: dict[str, Application]) -> None:
    Role.objects.update(openings=1, state=RoleState.PUBLISHED)


def _lose_a_move(rows: dict[str, Application]) -> None:
    rows[S.REFUSED].events.filter(to_state=S.REFUSED).delete()


def _lose_a_link(rows: dict[str, Application]) -> None:
    rows[S.REVIEWING].events.filter(to_state=S.HIRED).delete()


def _forbid_a_move(rows: dict[str, Application]) -> None:
    ApplicationEvent.objects.filter(to_state=S.EXPIRED).update(side="employer")


def _hide_a_live_one(rows: dict[str, Application]) -> None:
    Grant.objects.filter(source=f"application:{rows[S.OFFER].pk}").update(revoked_at=timezone.now())


def _show_an_ended_one(rows: dict[str, Application]) -> None:
    Grant.objects.filter(source=f"application:{rows[S.REFUSED].pk}").update(revoked_at=None)


def _lose_a_placement(rows: dict[str, Application]) -> None:
    Placement.objects.all().delete()


def _place_who_was_not_hired(rows: dict[str, Application]) -> None:
    Placement.objects.update(application=rows[S.OFFER])


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        (_hire_uncounted, {"hires_are_counted"}),
        (
            _hire_too_many,
            {
                "hires_within_openings",
                "hires_are_counted",
                "state_is_the_last_move",
                "hired_has_a_placement",
            },
        ),
        (_open_again, {"full_roles_are_closed"}),
        (_lose_a_move, {"state_is_the_last_move"}),
        (_lose_a_link, {"moves_are_a_chain"}),
        (_forbid_a_move, {"moves_are_in_the_table"}),
        (_hide_a_live_one, {"contact_while_live"}),
        (_show_an_ended_one, {"no_contact_after_an_end"}),
        (_lose_a_placement, {"hired_has_a_placement"}),
        (_place_who_was_not_hired, {"hired_has_a_placement", "placed_was_hired"}),
    ],
)
def test_each_damage_is_seen(
    rows: dict[str, Application], damage: Callable[[dict[str, Application]], None], seen: set[str]
) -> None:
    damage(rows)
    assert broken() == seen


def test_the_exit_code_and_the_json_tell_machines(rows: dict[str, Application]) -> None:
    _lose_a_placement(rows)
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("check_invariants", "--json", stdout=out)
    assert failed.value.returncode == 1
    told: dict[str, Any] = json.loads(out.getvalue())
    assert told["ok"] is False
    found = next(one for one in told["invariants"] if one["name"] == "hired_has_a_placement")
    assert (found["model"], found["broken"], found["keys"]) == ("hiring.Application", 1, [str(rows[S.HIRED].pk)])


def test_each_is_one_query_however_many_rows_there_are(
    rows: dict[str, Application], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(len(invariants())):
        check_invariants()


def test_a_second_application_of_a_pair_is_refused_by_the_database() -> None:
    names = connection.introspection.get_constraints(connection.cursor(), Application._meta.db_table)
    assert names["one_application_per_pair"]["unique"]
