"""Who may move an application from where to where: one table, asked by services, pages and API alike."""

from __future__ import annotations

from enum import Enum

from workforce.hiring.choices import ApplicationState as State


class Actor(Enum):
    """The two sides of an application."""

    TECHNICIAN = "technician"
    EMPLOYER = "employer"


_EMPLOYER_ENDS = frozenset({State.HIRED, State.REFUSED})

MOVES: dict[tuple[str, Actor], frozenset[str]] = {
    (State.NEW, Actor.EMPLOYER): frozenset({State.REVIEWING, State.INTERVIEW, State.OFFER}) | _EMPLOYER_ENDS,
    (State.REVIEWING, Actor.EMPLOYER): frozenset({State.INTERVIEW, State.OFFER}) | _EMPLOYER_ENDS,
    (State.INTERVIEW, Actor.EMPLOYER): frozenset({State.OFFER}) | _EMPLOYER_ENDS,
    (State.OFFER, Actor.EMPLOYER): _EMPLOYER_ENDS,
    (State.NEW, Actor.TECHNICIAN): frozenset({State.WITHDRAWN}),
    (State.REVIEWING, Actor.TECHNICIAN): frozenset({State.WITHDRAWN}),
    (State.INTERVIEW, Actor.TECHNICIAN): frozenset({State.WITHDRAWN}),
    (State.OFFER, Actor.TECHNICIAN): frozenset({State.WITHDRAWN}),
    (State.WITHDRAWN, Actor.TECHNICIAN): frozenset({State.NEW}),
}


def allowed_moves(state: str, actor: Actor) -> frozenset[str]:
    """Return the states that ``actor`` may move an application to from ``state``."""
    return MOVES.get((state, actor), frozenset())
