"""What a session knows between the number and the log-in: which code it asked for, what it proved, who was chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from workforce.accounts.choices import CodePurpose
from workforce.accounts.models import User
from workforce.accounts.people import person_on

KEY = "phone_pending"
PROOF_LIFE = timedelta(minutes=15).total_seconds()


@dataclass(frozen=True)
class Pending:
    """One way in by phone. It lies in the session, on the server; the browser holds only the session's key."""

    e164: str
    code_id: int
    token: str
    purpose: str
    next: str = ""
    proved_at: float = 0.0
    user_id: int = 0  # whom they say they are; for a change of number, whose account it is
    asked: bool = False  # for a new PIN

    @property
    def is_proved(self) -> bool:
        """Whether the number was proved, and not too long ago."""
        return 0 < timezone.now().timestamp() - self.proved_at < PROOF_LIFE


def read(request: HttpRequest) -> Pending | None:
    """Return what is under way in this session, or None."""
    stored = request.session.get(KEY)
    try:
        return Pending(**stored) if isinstance(stored, dict) else None
    except TypeError:  # of the release before, which kept something else
        return None


def proved(request: HttpRequest) -> Pending | None:
    """Return what is under way if the number was proved for logging in."""
    found = read(request)
    return found if found is not None and found.purpose == CodePurpose.ENTER and found.is_proved else None


def keep(request: HttpRequest, pending: Pending) -> None:
    """Remember this, in place of whatever was under way."""
    request.session[KEY] = asdict(pending)


def prove(request: HttpRequest, pending: Pending) -> None:
    """Note that the number was proved, under a new session key: one that somebody planted is worth nothing now."""
    request.session.cycle_key()
    keep(request, replace(pending, proved_at=timezone.now().timestamp(), token=""))


def choose(request: HttpRequest, pending: Pending, user: User) -> None:
    """Note who they say they are."""
    keep(request, replace(pending, user_id=user.pk))


def chosen(pending: Pending) -> User | None:
    """Return the person who was chosen, if the number is still theirs."""
    return person_on(pending.e164, pending.user_id)


def forget(request: HttpRequest) -> None:
    """Nothing is under way any more."""
    request.session.pop(KEY, None)
