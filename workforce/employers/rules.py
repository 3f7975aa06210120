"""What makes a role sound: the same checks for the form, the API and imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Country, Currency, Language, Shift, SkillLevel
from workforce.employers.choices import Benefit, RoleState
from workforce.employers.hiring_for import hiring_for_errors
from workforce.employers.models import Role
from workforce.employers.pay import border_minimum, money, weekly

MAX_SKILLS = 80
TITLE_MAX = 160
DESCRIPTION_MAX = 6000
NOT_CHECKED = {"title", "description", "organization", "created_by", "plant", "occupation", "client"}
Errors = defaultdict[str, list[ValidationError]]


@dataclass(frozen=True)
class SkillNeed:
    """A skill that a role asks for: ``level`` 1-4; ``weight`` 1-10, or None to let the engine weigh it."""

    skill_id: int
    level: int = SkillLevel.INTERMEDIATE
    must: bool = False
    weight: int | None = None


@dataclass(frozen=True)
class CredentialNeed:
    """A credential that a role asks for."""

    credential_id: int
    must: bool = True


def _check_texts(role: Role, errors: Errors) -> None:
    if not any((getattr(role, f"title_{lang}") or "").strip() for lang in Language.values):
        message = _("Write the title in at least one language.")
        errors[f"title_{role.original_language}"].append(ValidationError(message, "title_missing"))
    for lang in Language.values:
        if len(getattr(role, f"title_{lang}") or "") > TITLE_MAX:
            errors[f"title_{lang}"].append(ValidationError(_("Keep the title under 160 characters."), "too_long"))
        if len(getattr(role, f"description_{lang}") or "") > DESCRIPTION_MAX:
            message = _("Keep the description under 6,000 characters.")
            errors[f"description_{lang}"].append(ValidationError(message, "too_long"))


def _check_pay(role: Role, errors: Errors) -> None:
    for name in ("pay_min", "pay_max", "bonuses"):
        amount = getattr(role, name)
        if amount is not None and amount < 0:
            errors[name] = [ValidationError(_("Pay cannot be less than zero."), "negative_pay")]
    if role.pay_min is not None and role.pay_max is not None and role.pay_max < role.pay_min:
        message = _("The highest pay must not be less than the lowest.")
        errors["pay_max"].append(ValidationError(message, "pay_range_reversed"))


def _check_dates(role: Role, before: Role | None, errors: Errors) -> None:
    """A date in the past is refused when it is entered; one that has passed since may stay."""
    today = timezone.localdate()
    for name in ("starts_on", "closes_at"):
        day = getattr(role, name)
        is_new = before is None or getattr(before, name) != day
        if day is not None and is_new and day < today:
            errors[name].append(ValidationError(_("This date is in the past."), "date_in_past"))


def _check_lists(role: Role, errors: Errors) -> None:
    for name, allowed in (("shifts", Shift.values), ("benefits", Benefit.values)):
        value = getattr(role, name)
        if not isinstance(value, list) or any(item not in allowed for item in value):
            errors[name].append(ValidationError(_("Choose from the list."), "invalid_choice"))


def check_skills(skills: Iterable[SkillNeed]) -> None:
    """Raise ValidationError under ``skills`` when there are too many, one twice, or a level or weight out of range."""
    needs = list(skills)
    message = None
    if len(needs) > MAX_SKILLS:
        message = ValidationError(_("A role may ask for at most 80 skills."), "too_many_skills")
    elif len({need.skill_id for need in needs}) < len(needs):
        message = ValidationError(_("A skill is listed twice."), "duplicate_skill")
    elif any(need.level not in SkillLevel.values for need in needs):
        message = ValidationError(_("Choose a level from 1 to 4 for each skill."), "invalid_level")
    elif any(need.weight is not None and not 1 <= need.weight <= 10 for need in needs):
        message = ValidationError(_("A weight lies between 1 and 10."), "invalid_weight")
    if message is not None:
        raise ValidationError({"skills": [message]})


def check_role(role: Role, before: Role | None = None) -> None:
    """Raise ValidationError, by field, for what is wrong with ``role``; ``before`` is how an edited one is stored."""
    errors: Errors = defaultdict(list)
    try:
        role.clean_fields(exclude=NOT_CHECKED | {f"{n}_{lang}" for n in ("title", "description") for lang in Language})
    except ValidationError as found:
        errors.update(found.error_dict)
    _check_texts(role, errors)
    _check_lists(role, errors)
    _check_dates(role, before, errors)
    _check_pay(role, errors)
    try:
        role.clean()
    except ValidationError as found:
        for name, more in found.error_dict.items():
            errors[name].extend(more)
    if role.plant_id and role.plant.organization_id != role.organization_id:
        errors["plant"].append(ValidationError(_("Choose one of your own plants."), "foreign_plant"))
    errors.update(hiring_for_errors(role, to_publish=role.state == RoleState.PUBLISHED))
    if errors:
        raise ValidationError(dict(errors))


def pay_warning(role: Role) -> str:
    """Return a warning in the reader's language when base pay in Mexico lies below the border minimum, else ""."""
    if role.pay_currency != Currency.MXN or role.plant.zone.country != Country.MX:
        return ""
    amount = role.pay_min if role.pay_min is not None else role.pay_max
    if amount is None:
        return ""
    minimum = border_minimum(timezone.localdate())
    a_week = weekly(amount, role.pay_period, role.pay_currency, role.weekly_hours)
    if a_week >= minimum:
        return ""
    values = {"pay": money(a_week), "minimum": money(minimum)}
    text = _(
        "Base pay comes to MXN %(pay)s a week, below the border zone's minimum wage of MXN %(minimum)s. "
        "Bonuses cannot make up for it."
    )
    return str(text) % values
