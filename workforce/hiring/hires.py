"""What a hire is: the placement that it writes, the dates that it may have, and how long it can be taken back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workforce.accounts.models import User
from workforce.core.choices import Currency, PayPeriod
from workforce.core.errors import Conflict, InvalidInput
from workforce.hiring.choices import PlacementSource
from workforce.hiring.models import Application, Placement


@dataclass(frozen=True)
class Hire:
    """What the employer says of a hire; the date is the first day, pay is the guaranteed base."""

    hired_on: datetime.date | None = None
    base_pay: Decimal | None = None
    pay_period: str = PayPeriod.WEEK
    pay_currency: str = Currency.MXN


def record_hire(application: Application, hire: Hire, actor: User | None) -> Placement:
    """Write the placement that a hire is."""
    hired_on = hire.hired_on or timezone.localdate()
    check_hire_date(hired_on)
    if hire.base_pay is not None and hire.base_pay < 0:
        raise InvalidInput("negative_pay", _("Pay cannot be negative."), field="base_pay")
    role = application.role
    placement, _created = Placement.objects.update_or_create(
        application=application,
        defaults={
            "technician": application.technician,
            "role": role,
            "employer": role.organization,
            "employer_name": role.organization.name,
            "job_title": (role.title_es or role.title_en or "")[:160],
            "hired_on": hired_on,
            "base_pay": hire.base_pay,
            "pay_period": hire.pay_period,
            "pay_currency": hire.pay_currency,
            "source": PlacementSource.HIRE,
            "recorded_by": actor,
            "recorded_for": role.organization,
        },
    )
    return placement


def take_back_hire(application: Application) -> None:
    """Remove the placement of somebody who never came; the moves of the application keep that there was one.

    Raises ``Conflict`` once the person has been there for a while: what ends then is a job, and it was a placement.
    """
    placement = Placement.objects.filter(application=application).first()
    if placement is None:
        return
    days = settings.HIRING_UNDO_DAYS
    today = timezone.localdate(timezone=ZoneInfo(application.role.plant.time_zone))
    if today > placement.hired_on + datetime.timedelta(days=days):
        message = ngettext(
            "A hire can be taken back for %(days)d day after the first day of work, for somebody who never came.",
            "A hire can be taken back for %(days)d days after the first day of work, for somebody who never came.",
            days,
        )
        raise Conflict("hire_stands", message % {"days": days})
    placement.delete()


def check_hire_date(hired_on: datetime.date) -> None:
    """Refuse first days that cannot be: long past, or more than half a year ahead."""
    today = timezone.localdate()
    if hired_on > today + datetime.timedelta(days=183):
        raise InvalidInput("date_too_late", _("That date is too far ahead."), field="hired_on")
    if hired_on < datetime.date(2000, 1, 1):
        raise InvalidInput("date_too_early", _("That date is too long ago."), field="hired_on")
