"""Who may move an application from where to where: one table, asked by services, pages and API alike."""

from __future__ import annotations

from workforce.hiring.choices import Actor
from workforce.hiring.choices import ApplicationState as State

_EMPLOYER_ENDS = frozenset({State.HIRED, State.REFUSED})
_SILENCE_ENDS = frozenset({State.EXPIRED})
_TAKEN_BACK = frozenset({State.WITHDRAWN})

MOVES: dict[tuple[str, Actor], frozenset[str]] = {
    (State.NEW, Actor.EMPLOYER): frozenset({State.REVIEWING, State.INTERVIEW, State.OFFER}) | _EMPLOYER_ENDS,
    (State.REVIEWING, Actor.EMPLOYER): frozenset({State.INTERVIEW, State.OFFER}) | _EMPLOYER_ENDS,
    (State.INTERVIEW, Actor.EMPLOYER): frozenset({State.OFFER}) | _EMPLOYER_ENDS,
    (State.OFFER, Actor.EMPLOYER): _EMPLOYER_ENDS,
    (State.HIRED, Actor.EMPLOYER): frozenset({State.REVIEWING}),  # who never came: the hire is taken back
    (State.NEW, Actor.TECHNICIAN): _TAKEN_BACK,
    (State.REVIEWING, Actor.TECHNICIAN): _TAKEN_BACK,
    (State.INTERVIEW, Actor.TECHNICIAN): _TAKEN_BACK,
    (State.OFFER, Actor.TECHNICIAN): _TAKEN_BACK,
    (State.WITHDRAWN, Actor.TECHNICIAN): frozenset({State.NEW}),
    (State.NEW, Actor.SYSTEM): _SILENCE_ENDS,
    (State.REVIEWING, Actor.SYSTEM): _SILENCE_ENDS,
    (State.INTERVIEW, Actor.SYSTEM): _SILENCE_ENDS,
    (State.OFFER, Actor.SYSTEM): _SILENCE_ENDS,
}
"""An institute moves nothing: it looks at what came of it, where the learner agreed (``training.access``)."""


def allowed_moves(state: str, actor: Actor) -> frozenset[str]:
    """Return the states that ``actor`` may move an application to from ``state``."""
    return MOVES.get((state, actor), frozenset())
