"""What a session must see first: that its account is to be erased, or a version of the notice that is new to it.

It is found out at log-in and kept in the session, so that no page pays for it; an open session looks again every hour.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from workforce.accounts.models import User
from workforce.accounts.notices import current_notice
from workforce.privacy.models import DataRequest
from workforce.technicians.services import has_read

ERASURE, LOOKED, ASK, SINCE = "privacy_erasure", "privacy_looked", "privacy_ask", "privacy_since"
RECENT = 600  # seconds after a log-in in which it stands for a password, for accounts that have none


def note_login(session: SessionBase, user: User) -> None:
    """Write into a new session what it must see first."""
    if DataRequest.objects.erasures_of(user).exists():
        session[ERASURE] = True
    session[SINCE] = int(timezone.now().timestamp())
    look(session, user)


def is_recent(session: SessionBase) -> bool:
    """Whether this very session has just logged in."""
    return bool(timezone.now().timestamp() - session.get(SINCE, 0) <= RECENT)


def look(session: SessionBase, user: User) -> None:
    """Find out whether a version of the notice is in force that the account has not seen."""
    notice = current_notice()
    session[ASK] = notice is not None and not has_read(user, notice)
    session[LOOKED] = int(timezone.now().timestamp())


def is_old(session: SessionBase) -> bool:
    """Whether it is time to look again."""
    age = timezone.now().timestamp() - session.get(LOOKED, 0)
    return bool(age > settings.PRIVACY_NOTICE_LOOK.total_seconds())


def forget_erasure(session: SessionBase) -> None:
    """The account stays."""
    session.pop(ERASURE, None)
