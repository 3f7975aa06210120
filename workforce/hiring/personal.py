"""What is personal in hiring. Employers keep which application became what, without the person."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery

from workforce.core.personal import declare, plain, trace
from workforce.hiring.choices import Actor, ApplicationState
from workforce.hiring.models import Application, ApplicationEvent, Placement


def ended(application: Application) -> str:
    """Nobody is left to answer: what still waited is withdrawn."""
    return ApplicationState.WITHDRAWN if application.is_live else application.state


def record_ends(keys: list[int]) -> None:
    """Keep in the history that an application ended; by nobody, since nobody is left who could have done it."""
    last = plain("hiring.ApplicationEvent").filter(application=OuterRef("pk")).order_by("-pk").values("to_state")[:1]
    ended_now = plain("hiring.Application").filter(pk__in=keys).annotate(told=Subquery(last))
    plain("hiring.ApplicationEvent").bulk_create(
        ApplicationEvent(application_id=row.pk, from_state=row.told, to_state=row.state, side=Actor.SYSTEM)
        for row in ended_now.exclude(told=F("state")).exclude(told=None)
    )


def employer_name(placement: Placement) -> str:
    """An organization of ours says who it is by itself; a name typed by hand may tell more than that."""
    return "" if placement.employer_id else f"- {placement.pk}"  # not empty, and two of one day stay two


declare(
    "hiring.Application",
    technician="technician",
    change={"message": "", "answer": "", "state": ended},
    keep={
        "which application to a role became what, without the person": "role technician created_at answered_at",
        "the employer's reason out of a short list": "refusal_reason",
        "names the row, not the person": "ref revision updated_at",
        "how long it was silent": "quiet_since reminders",
    },
    after=record_ends,
)
declare(
    "hiring.ApplicationEvent",
    technician="application__technician",
    user="actor",
    change={"actor": None},
    keep={"the moves of an application, without the person": "application from_state to_state side reason at"},
)
declare(
    "hiring.Placement",
    technician="technician",
    change={"employer_name": employer_name, "job_title": "", "base_pay": None},
    keep={
        "figures of who was placed where and when": "technician application role employer hired_on related source",
        "what is left of pay without the amount": "pay_period pay_currency",
        "for whom it was recorded; who did is a trace": "recorded_for recorded_by",
        "counts edits, and when the row was made": "revision created_at updated_at",
    },
)
trace("hiring.Placement", "recorded_by", "who recorded the placement, as their work")
