"""The response rate of an employer: of the applications that were decided, which share it answered itself.

Counted are applications first sent in the last ``HIRING_RATE_DAYS`` days. Answered: the employer's word that settles
something is there (interview, offer, hired, refused). Not answered: the application expired. Neither: what still waits
(also "being reviewed"), and what the person took back. Lower layers read the row that is written here.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from workforce.employers.models import ResponseRate
from workforce.hiring.choices import ApplicationState
from workforce.hiring.models import Application

ANSWERED = (ApplicationState.INTERVIEW, ApplicationState.OFFER, ApplicationState.HIRED, ApplicationState.REFUSED)


@transaction.atomic
def count_answers() -> int:
    """Count for all employers, in two queries; return how many have something to count."""
    now = timezone.now()
    recent = Application.objects.filter(created_at__gte=now - datetime.timedelta(days=settings.HIRING_RATE_DAYS))
    counted = (
        recent.filter(state__in=(*ANSWERED, ApplicationState.EXPIRED))
        .order_by("role__organization_id")
        .values_list("role__organization_id")
        .annotate(decided=Count("pk"), answered=Count("pk", filter=Q(state__in=ANSWERED)))
    )
    rows = [
        ResponseRate(organization_id=pk, decided=decided, answered=answered, counted_at=now)
        for pk, decided, answered in counted
    ]
    ResponseRate.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("organization",),
        update_fields=("decided", "answered", "counted_at"),
    )
    ResponseRate.objects.filter(counted_at__lt=now).delete()  # nothing of theirs lies within the time any more
    return len(rows)
