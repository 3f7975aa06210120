"""The table of moves, whole: every state, every actor, every target; what it says, and what the service does."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from workforce.accounts.choices import Position
from workforce.core.errors import Conflict, NotAllowed
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.models import LIVE_STATES, Application, Placement
from workforce.hiring.moves import MOVES, Actor, allowed_moves
from workforce.hiring.services import apply_to_role, move_application
from workforce.technicians.models import Grant

# Rows: from. Columns: to. Letters: who may (T the applicant, E the employer, S the system; the institute only looks).
TABLE = """
           new  reviewing  interview  offer  hired  refused  withdrawn  expired
new        -    E          E          E      E      E        T          S
reviewing  -    -          E          E      E      E        T          S
interview  -    -          -          E      E      E        T          S
offer      -    -          -          -      E      E        T          S
hired      -    E          -          -      -      -        -          -
refused    -    -          -          -      -      -        -          -
withdrawn  T    -          -          -      -      -        -          -
expired    -    -          -          -      -      -        -          -
"""
LETTERS = {Actor.TECHNICIAN: "T", Actor.EMPLOYER: "E", Actor.SYSTEM: "S", Actor.INSTITUTE: "I"}


def cells() -> list[tuple[str, Actor, str, bool]]:
    """State, actor, target and whether that is a move: each of the 8 x 4 x 8 cells."""
    header, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (row[0], actor, target, letter in row[1 + number])
        for row in rows
        for actor, letter in LETTERS.items()
        for number, target in enumerate(header)
    ]


CELLS = cells()


def test_the_table_has_every_cell() -> None:
    assert {cell[:3] for cell in CELLS} == {(state, actor, to) for state in S for actor in Actor for to in S}
    assert len(CELLS) == len(S) ** 2 * len(Actor) == 256


@pytest.mark.parametrize(("state", "actor", "target", "is_move"), CELLS)
def test_the_table_says_who_may_move_what(state: str, actor: Actor, target: str, is_move: bool) -> None:
    assert (target in allowed_moves(state, actor)) is is_move


def test_the_institute_moves_nothing_and_only_the_system_lets_expire() -> None:
    assert not [key for key in MOVES if key[1] is Actor.INSTITUTE]
    assert {actor for (_state, actor), targets in MOVES.items() if S.EXPIRED in targets} == {Actor.SYSTEM}
    assert {to for (_state, actor), targets in MOVES.items() if actor is Actor.SYSTEM for to in targets} == {S.EXPIRED}


class Scene:
    """An application at a state that it reached by moves, and one user of each kind."""

    def __init__(self, state: str) -> None:
        role = make.RoleFactory(openings=3)
        person = make.TechnicianFactory()
        recruiter = make.MembershipFactory(organization=role.organization, position=Position.RECRUITER).user
        learner = make.EnrolmentFactory(technician=person)
        school = learner.cohort.programme.organization
        Grant.objects.create(technician=person, organization=school, scope="outcomes", source=f"enrolment:{learner.pk}")
        counsellor = make.MembershipFactory(organization=school, position=Position.COUNSELLOR).user
        self.users = {
            Actor.TECHNICIAN: person.user,
            Actor.EMPLOYER: recruiter,
            Actor.SYSTEM: None,
            Actor.INSTITUTE: counsellor,
        }
        self.application = apply_to_role(technician=person, role=role, actor=person.user)
        if state != S.NEW:
            mover = {S.WITHDRAWN: Actor.TECHNICIAN, S.EXPIRED: Actor.SYSTEM}.get(S(state), Actor.EMPLOYER)
            self.application = self.move(mover, state)

    def move(self, actor: Actor, target: str) -> Application:
        """Let somebody try a move."""
        reason = "skills" if target == S.REFUSED else ""
        user: Any = self.users[actor]
        return move_application(application=self.application, to_state=target, actor=user, reason=reason)

    def facts(self) -> tuple[Any, ...]:
        """All that a move may change."""
        pk = self.application.pk
        return (
            Application.objects.filter(pk=pk).values().get(),
            list(self.application.events.values()),
            list(Placement.objects.values()),
            list(Grant.objects.order_by("pk").values()),
            Role.objects.filter(pk=self.application.role_id).values("hired", "state", "revision").get(),
        )


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "actor", "target", "is_move"), CELLS)
def test_the_service_does_what_the_table_says(state: str, actor: Actor, target: str, is_move: bool) -> None:
    scene = Scene(state)
    before = scene.facts()
    if not is_move:
        if state == target and actor is not Actor.INSTITUTE:
            scene.move(actor, target)
        else:
            with pytest.raises(NotAllowed if actor is Actor.INSTITUTE else Conflict):
                scene.move(actor, target)
        assert scene.facts() == before
        return
    row = scene.move(actor, target)
    row.refresh_from_db()
    last = row.events.order_by("pk").last()
    assert (row.state, last.from_state, last.to_state, last.side) == (target, state, target, actor)
    assert last.actor == scene.users[actor]
    assert row.quiet_since > before[0]["quiet_since"]
    assert Placement.objects.filter(application=row).exists() is (target == S.HIRED)
    assert row.role.hired == int(target == S.HIRED)
    named = Grant.objects.in_force().filter(source=f"application:{row.pk}", scope="contact").exists()
    assert named is (target in (*LIVE_STATES, S.HIRED))
