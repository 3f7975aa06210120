"""How hiring is written on pages."""

from __future__ import annotations

import datetime

from django import template

from workforce.employers.pay import money
from workforce.hiring.models import Application, Placement
from workforce.hiring.silence import ends_on

register = template.Library()


@register.filter
def base_pay_text(placement: Placement) -> str:
    """Return the base pay with its currency and period, or nothing where it is not known."""
    if placement.base_pay is None:
        return ""
    return f"${money(placement.base_pay)} {placement.pay_currency} {placement.get_pay_period_display()}"


@register.filter
def silence_ends_on(application: Application) -> datetime.date | None:
    """Return the day on which a live application ends by itself without an answer, by the calendar of its plant."""
    return ends_on(application) if application.is_live else None
