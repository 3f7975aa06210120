"""A shared tablet: what its cookie says, and when a session begun there is over.

The cookie names the organization that keeps the tablet and gives nobody a right; taking it away ends the mode for
new sessions only, since a session that began on a tablet carries its own mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from workforce.accounts.models import Membership, Organization, User

COOKIE = "puente_kiosk"
SALT = "puente.kiosk"
AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie
BEGAN, SEEN = "kiosk_began", "kiosk_seen"


@dataclass(frozen=True)
class Kiosk:
    """The mode of a browser; no organization where only the session remembers it."""

    organization_id: int | None


def read_cookie(request: HttpRequest) -> Kiosk | None:
    """Return what the browser's cookie says; None without one, or where we did not write it."""
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
        return Kiosk(int(value["organization"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def write_cookie(response: HttpResponse, organization: Organization) -> None:
    """Put the browser into kiosk mode, for as long as browsers keep a cookie."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"organization": organization.pk}, salt=SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_cookie(response: HttpResponse) -> None:
    """Take the browser out of kiosk mode."""
    response.delete_cookie(COOKIE, samesite="Lax")


def of_request(request: HttpRequest) -> Kiosk | None:
    """The mode of this request, found by the middleware."""
    return getattr(request, "kiosk", None)


def is_trusted(request: HttpRequest) -> bool:
    """Whether many people come by this browser's address because staff know whose tablet it is.

    Anybody may make an organization and a tablet of it: that alone must not lift the limits of an address.
    """
    mode = of_request(request)
    if mode is None or mode.organization_id is None:
        return False
    return bool(Organization.objects.verified().filter(pk=mode.organization_id).exists())


def can_stop(user: User | AnonymousUser, kiosk: Kiosk) -> bool:
    """Members of the organization that keeps the tablet end the mode, and staff."""
    if not isinstance(user, User):
        return False
    if user.is_staff or kiosk.organization_id is None:
        return user.is_staff
    return Membership.objects.filter(user=user, organization_id=kiosk.organization_id).exists()


def seconds_left(session: SessionBase) -> int:
    """Seconds until a session is over, if nobody does anything; those of a new one where none has begun."""
    now = timezone.now().timestamp()
    idle = settings.KIOSK_IDLE_MINUTES * 60 - (now - session.get(SEEN, now))
    whole = settings.KIOSK_SESSION_MINUTES * 60 - (now - session.get(BEGAN, now))
    return max(0, ceil(min(idle, whole)))


def is_over(session: SessionBase) -> bool:
    """Whether a session that began on a tablet has lasted, or been idle, for too long."""
    return BEGAN in session and seconds_left(session) <= 0


def touch(session: SessionBase, *, begins: bool) -> None:
    """Note that somebody is there; the cookie of the session goes with the browser's window."""
    now = timezone.now().timestamp()
    if begins or BEGAN not in session:
        session[BEGAN] = now
    session[SEEN] = now
    session.set_expiry(0)


def leave_nothing(request: HttpRequest) -> None:
    """Ask the middleware to empty the browser with this answer: cookies, caches, what scripts stored."""
    request.kiosk_leaves_nothing = True  # type: ignore[attr-defined]
