"""How roles are put into words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from workforce.core.choices import Currency, PayPeriod, Shift
from workforce.core.templatetags.texts import other_lang, own_text
from workforce.employers.choices import Benefit, RoleState
from workforce.employers.hiring_for import company_text
from workforce.employers.models import Role
from workforce.employers.pay import money

register = template.Library()
STATE_BADGES = {RoleState.DRAFT: "neutral", RoleState.PUBLISHED: "ok", RoleState.CLOSED: "bad"}


register.filter(own_text)
register.filter(other_lang)


register.filter(company_text)


@register.filter
def pay_text(role: Role) -> str:
    """Say the base pay as it was stated."""
    low, high = role.pay_min, role.pay_max
    if low is None and high is None:
        return _("Pay not stated")
    values = {"period": PayPeriod(role.pay_period).label, "currency": Currency(role.pay_currency).value}
    if low is None or high is None or low == high:
        amount = low if low is not None else high
        text = (
            _("up to $%(amount)s %(currency)s %(period)s") if low is None else _("$%(amount)s %(currency)s %(period)s")
        )
        return text % (values | {"amount": money(amount)})  # type: ignore[arg-type]
    return _("$%(low)s to $%(high)s %(currency)s %(period)s") % (values | {"low": money(low), "high": money(high)})


@register.filter
def bonus_text(role: Role) -> str:
    """Say the bonuses, which are apart from base pay."""
    if role.bonuses is None:
        return ""
    values = {"amount": money(role.bonuses), "currency": role.pay_currency, "period": PayPeriod(role.pay_period).label}
    return _("up to $%(amount)s %(currency)s %(period)s, if you meet their conditions") % values


def _labels(values: Iterable[str], choices: Any) -> str:
    known = dict(choices.choices)
    return ", ".join(str(known[value]) for value in values if value in known)


@register.filter
def shifts_text(role: Role) -> str:
    """Name the shifts of a role."""
    return _labels(role.shifts, Shift)


@register.filter
def benefits_text(role: Role) -> str:
    """Name the benefits of a role."""
    return _labels(role.benefits, Benefit)


@register.filter
def state_badge(role: Role) -> str:
    """Return the kind of badge for a role's state; a published one that the public does not see yet is a warning."""
    if role.state == RoleState.PUBLISHED and not role.is_open:
        return "warn"
    return STATE_BADGES[RoleState(role.state)]


@register.filter
def state_text(role: Role) -> str:
    """Say in which state a role is, as the public meets it."""
    if role.state == RoleState.PUBLISHED and not role.organization.is_verified:
        return _("Waiting for verification")
    if role.state == RoleState.PUBLISHED and not role.is_open:
        return _("Expired")
    return str(RoleState(role.state).label)
