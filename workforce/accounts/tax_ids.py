"""Tax numbers of organizations: the RFC of Mexico and the EIN of the United States, by their public form rules.

Only the form is checked; whether the number exists, and whose it is, staff see on the papers.
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from workforce.core.errors import InvalidInput

RFC = re.compile(r"(?P<letters>[A-ZÑ&]{3,4})(?P<day>\d{6})[A-Z0-9]{2}[0-9A]")
EIN = re.compile(r"\d{9}")
# Of everybody: invoices to the public and to foreigners carry these.
GENERIC = frozenset({"XAXX010101000", "XEXX010101000"})
# The first two digits of an EIN name the campus of the IRS that gave it; these are no campus.
NO_CAMPUS = frozenset("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split())
ALPHABET = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
FIELD = "tax_id"


def check_digit(rfc: str) -> str:
    """Return the last character that an RFC should have, computed from the others."""
    body = rfc[:-1].rjust(12)  # companies have one letter less: a space stands before it
    total = sum((13 - place) * ALPHABET.index(char) for place, char in enumerate(body))
    return "0A987654321"[total % 11]


def normal_tax_id(text: str, *, as_on_paper: bool = False) -> str:
    """Return an RFC or EIN in its usual writing, "" for none; raises InvalidInput for what can be neither.

    A few RFCs were given with a last character that the rule does not yield: ``as_on_paper`` takes them.
    """
    compact = re.sub(r"[\s.\-‐-―]", "", text).upper()
    if not compact:
        return ""
    if EIN.fullmatch(compact):
        return _ein(compact)
    found = RFC.fullmatch(compact)
    if found is None or not _is_day(found["day"]):
        raise InvalidInput("tax_id_form", _("This is neither an RFC nor an EIN. Look for a typing error."), field=FIELD)
    if compact in GENERIC:
        generic = _("This RFC is the one of everybody. Write the organization's own.")
        raise InvalidInput("tax_id_generic", generic, field=FIELD)
    if compact[-1] != check_digit(compact) and not as_on_paper:
        message = _(
            "The last character does not fit the others: look for a typing error. "
            "If your papers say it so, tick the box below and send it again."
        )
        raise InvalidInput("tax_id_check_digit", message, field=FIELD)
    return compact


def _ein(digits: str) -> str:
    if digits[:2] in NO_CAMPUS or len(set(digits)) == 1:
        raise InvalidInput("tax_id_form", _("No EIN begins like this. Look for a typing error."), field=FIELD)
    return f"{digits[:2]}-{digits[2:]}"


def _is_day(digits: str) -> bool:
    """Whether the six digits are a day, in whichever century."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False
