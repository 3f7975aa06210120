"""What people would like: shown beside the score, never mixed into it."""

from __future__ import annotations

from django.utils import timezone

from workforce.core.choices import PayPeriod
from workforce.employers.models import Role
from workforce.employers.pay import weekly_in_pesos
from workforce.technicians.models import Technician


def fits_pay(technician: Technician, role: Role) -> bool | None:
    """Whether the role may pay, in base pay, the week that the person wants; None where either does not say."""
    offered = role.pay_max if role.pay_max is not None else role.pay_min
    if technician.pay_min is None or offered is None:
        return None
    today = timezone.localdate()
    wanted = weekly_in_pesos(technician.pay_min, PayPeriod.WEEK, technician.pay_currency, None, today)
    return weekly_in_pesos(offered, role.pay_period, role.pay_currency, role.weekly_hours, today) >= wanted
