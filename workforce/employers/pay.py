"""Pay on one scale, so that roles stated by the hour, week or month can be filtered and put in order."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workforce.core.choices import Currency, PayPeriod
from workforce.employers.legal import BORDER_MINIMUM_WEEKLY_MXN, MXN_PER_USD, in_force

DAYS_A_YEAR = Decimal(365)
USUAL_HOURS = {Currency.MXN: Decimal(48), Currency.USD: Decimal(40)}
PERIODS_A_YEAR = {PayPeriod.HALF_MONTH: 24, PayPeriod.MONTH: 12, PayPeriod.YEAR: 1}
DAYS_A_PERIOD = {PayPeriod.WEEK: 7, PayPeriod.FORTNIGHT: 14}
CENT = Decimal("0.01")


def weekly(amount: Decimal, period: str, currency: str, hours: Decimal | None = None) -> Decimal:
    """Return ``amount`` as money a week in its own currency, to the cent.

    ``hours`` a week count for hourly pay only; without them the usual week of the currency's country is taken.
    """
    kind = PayPeriod(period)
    if kind == PayPeriod.HOUR:
        a_week = amount * (hours or USUAL_HOURS[Currency(currency)])
    elif kind in DAYS_A_PERIOD:
        a_week = amount * 7 / DAYS_A_PERIOD[kind]
    else:
        a_week = amount * PERIODS_A_YEAR[kind] * 7 / DAYS_A_YEAR
    return a_week.quantize(CENT, ROUND_HALF_UP)


def weekly_in_pesos(amount: Decimal, period: str, currency: str, hours: Decimal | None, day: date) -> Decimal:
    """Return ``amount`` as pesos a week at the reference rate of ``day``: for order and filters only."""
    a_week = weekly(amount, period, currency, hours)
    if currency == Currency.USD:
        a_week = (a_week * in_force(MXN_PER_USD, day).value).quantize(CENT, ROUND_HALF_UP)
    return a_week


def border_minimum(day: date) -> Decimal:
    """Return the border zone's minimum wage of ``day`` in pesos a week."""
    return in_force(BORDER_MINIMUM_WEEKLY_MXN, day).value


def money(amount: Decimal) -> str:
    """Write an amount as both countries of the region do: "3,086.09", and "2,500" when there are no cents."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
