"""What runs by the clock, or after a change that touches many roles."""

from __future__ import annotations

from celery import shared_task

from workforce.employers import services
from workforce.employers.models import Role


@shared_task
def close_expired_roles() -> int:
    """Close roles past their closing date; running it twice changes nothing more."""
    return services.close_expired_roles()


@shared_task
def reindex_roles(*, skill_ids: list[int] | None = None) -> int:
    """File the roles that ask for ``skill_ids`` anew, or all roles when none are named."""
    roles = Role.objects.all()
    if skill_ids is not None:
        roles = roles.filter(pk__in=Role.objects.filter(role_skills__skill_id__in=skill_ids).values("pk"))
    return services.touch_roles(roles)
