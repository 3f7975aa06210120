"""Rules for what people write about themselves, the same on the web and in the API."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PHONE = re.compile(r"\+?[\d\s().-]{7,19}")
PHONE_DIGITS = range(10, 16)


def clean_phone(text: str) -> str:
    """Return a phone as written, spaces tidied; raises ValidationError for what cannot be one. Empty stays empty."""
    phone = " ".join(text.split())
    if phone and not (PHONE.fullmatch(phone) and sum(map(str.isdigit, phone)) in PHONE_DIGITS):
        raise ValidationError(_("Write the phone with its area code, 10 digits or more."), code="phone")
    return phone


def check_available_from(day: date | None, saved: date | None) -> date | None:
    """Refuse a new date in the past (ValidationError); one that has passed since it was saved may stay."""
    if day and day != saved and day < timezone.localdate():
        raise ValidationError(_("This date has passed. Leave it empty if you can start now."), code="past")
    return day
