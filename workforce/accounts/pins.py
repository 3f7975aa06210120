"""PINs of six digits: which are refused, how they are kept and compared."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date
from itertools import pairwise

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import User
from workforce.core.errors import InvalidInput

SIX_DIGITS = re.compile(r"[0-9]{6}")
COMMON = frozenset("159753 147258 258369 246810 135790 142536 789456 456789 102030 112358 314159 911911".split())
YEARS = range(1920, 2031)
SALT = b"puente.pin"


def validate_pin(pin: str, *, e164: str = "") -> None:
    """Refuse what is no PIN, or one of the first that anybody would try. Raises InvalidInput."""
    if not SIX_DIGITS.fullmatch(pin):
        raise InvalidInput("bad_pin", _("A PIN has exactly 6 digits."), field="pin")
    if is_trivial(pin) or (e164 and pin in (e164[-6:], e164[-10:-4])):
        text = _("That PIN is too easy to guess. Do not use a date, a year, your phone or digits in a row.")
        raise InvalidInput("easy_pin", text, field="pin")


def is_trivial(pin: str) -> bool:
    """Whether the digits repeat, run up or down, or look like a date or a year of birth."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    runs = len(steps) == 1 and steps <= {0, 1, 2, 8, 9}
    repeats = pin[:3] == pin[3:] or pin[:2] * 3 == pin or len(set(pin)) <= 2 or pin[:3] == pin[:2:-1]
    pairs = pin[0::2] == pin[1::2]
    return runs or repeats or pairs or pin in COMMON or _like_a_date(pin)


def _like_a_date(pin: str) -> bool:
    if int(pin[:4]) in YEARS or int(pin[2:]) in YEARS:
        return True
    first, second, third = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    return any(_is_day(*parts) for parts in ((first, second), (second, first), (third, second)))


def _is_day(day: int, month: int) -> bool:
    try:
        date(2000, month, day)  # a leap year
    except ValueError:
        return False
    return True


def hash_pin(pin: str) -> str:
    """Return what is stored. A million PINs are soon tried, so a copy of the database alone must not be enough."""
    return make_password(_peppered(pin, settings.SECRET_KEY))


def secret_fits(user: User, typed: str) -> bool:
    """Whether ``typed`` is the person's PIN or password."""
    if SIX_DIGITS.fullmatch(typed) and user.pin:
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if any(check_password(_peppered(typed, key), user.pin) for key in keys):
            return True
    return bool(user.has_usable_password() and user.check_password(typed))


def _peppered(pin: str, key: str) -> str:
    return hmac.new(key.encode(), SALT + pin.encode(), hashlib.sha256).hexdigest()
