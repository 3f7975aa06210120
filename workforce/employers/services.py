"""What can be done with roles and plants: each function is one use-case in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workforce.accounts.models import Organization, User
from workforce.core.choices import Country
from workforce.core.errors import Conflict, StaleRevision
from workforce.employers.choices import RoleState
from workforce.employers.events import role_changed, role_closed
from workforce.employers.hiring_for import hiring_for_errors, tidy_hiring_for
from workforce.employers.indexing import COLUMNS, index_role
from workforce.employers.models import Plant, Role, RoleCredential, RoleSkill
from workforce.employers.pay import weekly_in_pesos
from workforce.employers.rules import CredentialNeed, SkillNeed, check_role, check_skills
from workforce.skills.search import taxonomy_version

EDITABLE = (
    "plant",
    "hiring_for",
    "client",
    "client_name",
    "client_sector",
    "occupation",
    "external_ref",
    "title_es",
    "title_en",
    "description_es",
    "description_en",
    "original_language",
    "openings",
    "shifts",
    "pay_min",
    "pay_max",
    "pay_period",
    "pay_currency",
    "bonuses",
    "benefits",
    "weekly_hours",
    "contract",
    "english_min",
    "needs_us_work",
    "starts_on",
    "closes_at",
)


def lock_role(role_id: int, revision: int | None = None) -> Role:
    """Return the role, locked until the transaction ends; raise StaleRevision unless it is at ``revision``."""
    role: Role = (
        Role.objects.select_for_update(of=("self",))
        .select_related("organization", "plant__zone", "plant__park")
        .get(pk=role_id)
    )
    if revision is not None and role.revision != revision:
        raise StaleRevision(role.revision)
    return role


def _original_language(role: Role) -> str:
    """The stated language, unless there is a title in the other one only."""
    titled = [lang for lang in ("es", "en") if (getattr(role, f"title_{lang}") or "").strip()]
    return titled[0] if len(titled) == 1 else role.original_language


def _assign(role: Role, values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise ValueError(f"not fields of a role: {', '.join(sorted(unknown))}")
    for name, value in values.items():
        if name.startswith(("title_", "description_")):
            value = (value or "").strip() or None
        setattr(role, name, value)
    tidy_hiring_for(role)
    role.original_language = _original_language(role)


def _price(role: Role) -> None:
    """Keep the guaranteed floor as pesos a week: the lowest base pay, or the only one that is stated."""
    amount = role.pay_min if role.pay_min is not None else role.pay_max
    role.weekly_pay = None
    if amount is not None:
        today = timezone.localdate()
        role.weekly_pay = weekly_in_pesos(amount, role.pay_period, role.pay_currency, role.weekly_hours, today)


def _write_skills(role: Role, needs: Sequence[SkillNeed]) -> None:
    """Make the role's rows equal to ``needs``; rows that stay keep their key."""
    RoleSkill.objects.filter(role=role).exclude(skill_id__in=[need.skill_id for need in needs]).delete()
    rows = [
        RoleSkill(role=role, skill_id=need.skill_id, level=need.level, must=need.must, weight=need.weight)
        for need in needs
    ]
    RoleSkill.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=("role", "skill"), update_fields=("level", "must", "weight")
    )


def _write_credentials(role: Role, needs: Iterable[CredentialNeed]) -> None:
    RoleCredential.objects.filter(role=role).delete()
    wanted = {need.credential_id: need.must for need in needs}
    RoleCredential.objects.bulk_create(
        RoleCredential(role=role, credential_id=pk, must=must) for pk, must in wanted.items()
    )


def _check_reference(role: Role) -> None:
    others = Role.objects.filter(organization_id=role.organization_id, external_ref=role.external_ref).exclude(
        pk=role.pk
    )
    if role.external_ref and others.exists():
        message = _("Another role of yours has this reference.")
        raise ValidationError({"external_ref": [ValidationError(message, "duplicate_reference")]})


def _already_made(organization: Organization, once_key: str | None) -> Role | None:
    return Role.objects.filter(organization=organization, once_key=once_key).first() if once_key else None


def _store(role: Role, skills: Sequence[SkillNeed] | None, credentials: Iterable[CredentialNeed] | None) -> Role:
    """Write the role with its rows and its search columns, and tell the others; one that is full now closes."""
    _price(role)
    role.revision = role.revision + 1 if role.pk else 1
    role.save()
    if skills is not None:
        _write_skills(role, skills)
    if credentials is not None:
        _write_credentials(role, credentials)
    index_role(role)
    role.save(update_fields=COLUMNS)
    role_changed.send(sender=Role, role_id=role.pk)
    return _close(role) if role.is_full and role.state == RoleState.PUBLISHED else role


@transaction.atomic
def save_role(
    *,
    actor: User | None,
    organization: Organization,
    values: Mapping[str, Any],
    skills: Sequence[SkillNeed] | None = None,
    credentials: Iterable[CredentialNeed] | None = None,
    role: Role | None = None,
    revision: int | None = None,
    once_key: str | None = None,
) -> Role:
    """Make a role, or change one, and return it.

    ``values`` holds fields of ``EDITABLE``; those that are not in it stay (a new role in a US plant needs a work permit
    unless said). ``skills`` and ``credentials`` replace the
    present ones, None leaves them. ``revision`` is what the editor saw: StaleRevision when somebody saved since. A
    second call with the same ``once_key`` returns the role that the first one made. Raises ValidationError by field.
    """
    # The lock makes a double click wait for the first one, and then find its role.
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if role is None and (made := _already_made(organization, once_key)) is not None:
        return made
    before = lock_role(role.pk, revision) if role is not None else None
    target = (
        lock_role(role.pk)
        if role is not None
        else Role(organization=organization, created_by=actor, once_key=once_key or None)
    )
    _fill(target, values, skills, before)
    _check_reference(target)
    return _store(target, skills, credentials)


def draft_role(
    *, organization: Organization, values: Mapping[str, Any], skills: Sequence[SkillNeed], role: Role | None = None
) -> Role:
    """Return the role that ``save_role`` would make of this, and save nothing.

    It asks for a skill at least: a role that asks for none is found by nobody. Raises ValidationError by field.
    """
    stored = Role.objects.select_related("organization", "plant__zone")
    before = stored.get(pk=role.pk) if role is not None else None
    target = copy(before) if before is not None else Role(organization=organization)
    _fill(target, values, skills, before)
    if not skills:
        message = _("Add at least one skill: people are found by their skills.")
        raise ValidationError({"skills": [ValidationError(message, "no_skills")]})
    return target


def _fill(target: Role, values: Mapping[str, Any], skills: Sequence[SkillNeed] | None, before: Role | None) -> None:
    """Put what was entered into a role and check it; ``before`` is how an edited one is stored."""
    _assign(target, values)
    if before is None and "needs_us_work" not in values:
        target.needs_us_work = target.plant.zone.country == Country.US
    check_role(target, before)
    if skills is not None:
        check_skills(skills)


def _refuse_publishing(role: Role) -> None:
    if role.is_full:
        message = _("Every opening is filled: raise the number of openings before you publish.")
        raise ValidationError({"openings": [ValidationError(message, "role_full")]})
    if errors := hiring_for_errors(role, to_publish=True):
        raise ValidationError(errors)
    if not RoleSkill.objects.filter(role=role).exists():
        message = _("Add at least one skill before you publish: candidates are found by skills.")
        raise ValidationError({"skills": [ValidationError(message, "no_skills")]})
    if role.closes_at is not None and role.closes_at < timezone.localdate():
        message = _("The closing date has passed: change it before you publish.")
        raise ValidationError({"closes_at": [ValidationError(message, "date_in_past")]})


@transaction.atomic
def publish_role(*, role: Role, revision: int | None = None) -> Role:
    """Publish a draft or open a closed role again; a published one stays as it is.

    The public sees it once its organization is verified (``role.is_open`` tells). Raises ValidationError when it asks
    for no skill or its closing date has passed, StaleRevision when it is not at ``revision``.
    """
    # What the organization does, and for whom, must not change while this is decided.
    Organization.objects.select_for_update(no_key=True).get(pk=role.organization_id)
    role = lock_role(role.pk, revision)
    if role.state == RoleState.PUBLISHED:
        return role
    _refuse_publishing(role)
    role.state = RoleState.PUBLISHED
    role.published_at = timezone.now()
    return _move(role)


@transaction.atomic
def close_role(*, role: Role, revision: int | None = None) -> Role:
    """Close a role, whatever its state; a closed one stays as it is. Raises StaleRevision likewise."""
    role = lock_role(role.pk, revision)
    return role if role.state == RoleState.CLOSED else _close(role)


def _close(role: Role) -> Role:
    was_open = role.state == RoleState.PUBLISHED
    role.state = RoleState.CLOSED
    role = _move(role)
    if was_open:
        role_closed.send(sender=Role, role_id=role.pk)
    return role


@transaction.atomic
def count_hires(*, role: Role, change: int) -> Role:
    """Count a hire (1) or one that was taken back (-1) on a role locked by ``lock_role``; the last hire closes it.

    Raises ``Conflict`` where nobody more can be hired. A place that is free again does not open the role again: those
    who wait on its list come first, and the employer may publish it.
    """
    if change > 0 and role.is_full:
        message = ngettext(
            "The %(count)d opening of this role is filled. Raise the number of openings in the role to hire one more.",
            "All %(count)d openings of this role are filled. "
            "Raise the number of openings in the role to hire one more.",
            role.openings,
        )
        raise Conflict("role_full", message % {"count": role.openings})
    role.hired += change
    role.revision += 1
    role.save(update_fields=("hired", "revision", "updated_at"))
    if role.is_full and role.state == RoleState.PUBLISHED:
        return _close(role)
    role_changed.send(sender=Role, role_id=role.pk)
    return role


def _move(role: Role) -> Role:
    role.revision += 1
    role.save(update_fields=("state", "published_at", "revision", "updated_at"))
    role_changed.send(sender=Role, role_id=role.pk)
    return role


def close_expired_roles() -> int:
    """Close published roles that are past their closing date or full, each in its own transaction; return how many.

    The last hire closes a role by itself; full and open are those that had hired before hires were counted.
    """
    today = timezone.localdate()
    due = Q(closes_at__lt=today) | Q(hired__gte=F("openings"))
    expired = Role.objects.filter(due, state=RoleState.PUBLISHED).order_by("pk")
    closed = 0
    for role in expired.iterator():
        with transaction.atomic():
            locked = lock_role(role.pk)
            if locked.is_full or (locked.closes_at is not None and locked.closes_at < today):
                close_role(role=locked)
                closed += 1
    return closed


@transaction.atomic
def touch_roles(roles: Any) -> int:
    """Bring search columns of ``roles`` (a queryset) up to date and say that they changed; return how many."""
    count = 0
    for role in (
        roles.select_related("organization", "plant__zone", "plant__park", "occupation")
        .order_by("pk")
        .iterator(chunk_size=200)
    ):
        index_role(role)
        Role.objects.filter(pk=role.pk).update(**{column: getattr(role, column) for column in COLUMNS})
        role_changed.send(sender=Role, role_id=role.pk)
        count += 1
    return count


@transaction.atomic
def save_plant(*, plant: Plant) -> Plant:
    """Save a new or changed plant; its roles are filed anew: place and name are part of what is searched and matched.

    Raises ValidationError by field, also when the organization has another plant of that name.
    """
    Organization.objects.select_for_update(no_key=True).get(
        pk=plant.organization_id
    )  # the second of two clicks finds the first
    if plant.park is not None:
        plant.park_name = ""
    plant.full_clean()
    plant.save()
    touch_roles(Role.objects.filter(plant=plant))
    return plant


@transaction.atomic
def resave_role(*, role: Role) -> Role:
    """Bring everything that is derived up to date after staff changed a role in the admin; counts as an edit."""
    return _store(lock_role(role.pk), None, None)


def reindex_stale_roles(batch: int = 200) -> int:
    """File anew the roles that were filed under an older taxonomy, in transactions of ``batch``; return how many.

    Nothing is told: what a change of the taxonomy means for matching, matching hears of by itself.
    """
    version, count = taxonomy_version(), 0
    while True:
        with transaction.atomic():
            stale = Role.objects.select_for_update(of=("self",)).filter(search_version__lt=version).order_by("pk")
            roles = list(stale.select_related("organization", "plant__zone", "plant__park", "occupation")[:batch])
            for role in roles:
                index_role(role)
            Role.objects.bulk_update(roles, COLUMNS)
        count += len(roles)
        if len(roles) < batch:
            return count
