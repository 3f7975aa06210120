"""How hiring is written on pages."""

from __future__ import annotations

from django import template

from workforce.employers.pay import money
from workforce.hiring.models import Placement

register = template.Library()


@register.filter
def base_pay_text(placement: Placement) -> str:
    """Return the base pay with its currency and period, or nothing where it is not known."""
    if placement.base_pay is None:
        return ""
    return f"${money(placement.base_pay)} {placement.pay_currency} {placement.get_pay_period_display()}"
