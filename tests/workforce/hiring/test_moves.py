"""The table of moves, whole: every state, every side, every target."""

import pytest

from workforce.hiring.choices import ApplicationState as S
from workforce.hiring.moves import Actor, allowed_moves

EMPLOYER = {
    S.NEW: {S.REVIEWING, S.INTERVIEW, S.OFFER, S.HIRED, S.REFUSED},
    S.REVIEWING: {S.INTERVIEW, S.OFFER, S.HIRED, S.REFUSED},
    S.INTERVIEW: {S.OFFER, S.HIRED, S.REFUSED},
    S.OFFER: {S.HIRED, S.REFUSED},
}
TECHNICIAN = {
    S.NEW: {S.WITHDRAWN},
    S.REVIEWING: {S.WITHDRAWN},
    S.INTERVIEW: {S.WITHDRAWN},
    S.OFFER: {S.WITHDRAWN},
    S.WITHDRAWN: {S.NEW},
}


@pytest.mark.parametrize("state", S.values)
def test_the_employer_moves_forward_or_ends_it(state):
    assert allowed_moves(state, Actor.EMPLOYER) == EMPLOYER.get(state, set())


@pytest.mark.parametrize("state", S.values)
def test_the_person_withdraws_or_comes_back(state):
    assert allowed_moves(state, Actor.TECHNICIAN) == TECHNICIAN.get(state, set())
