"""Turns domain events into refresh requests, inside the transaction of the change."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from matching.choices import SubjectKind
from matching.recording import record_score
from matching.services import request_refresh
from workforce.employers.events import role_changed
from workforce.hiring.choices import ApplicationState
from workforce.hiring.events import application_changed
from workforce.places.events import places_changed
from workforce.skills.events import taxonomy_changed
from workforce.technicians.events import technician_changed


@receiver(technician_changed)
def on_technician_changed(sender: object, technician_id: int, **kwargs: Any) -> None:
    """A profile, its skills, evidence, visibility or state changed."""
    request_refresh(SubjectKind.TECHNICIAN, technician_id)


@receiver(role_changed)
def on_role_changed(sender: object, role_id: int, **kwargs: Any) -> None:
    """A role, its needs, its plant, its organization or its state changed."""
    request_refresh(SubjectKind.ROLE, role_id)


@receiver(application_changed, dispatch_uid="record-the-score-of-an-application")
def on_application(sender: object, application_id: int, to_state: str, event_id: int, **kwargs: Any) -> None:
    """Somebody applied: keep how well they fitted, in the same transaction."""
    if to_state == ApplicationState.NEW:
        record_score(application_id=application_id, move_id=event_id)


@receiver(taxonomy_changed)
def on_taxonomy_changed(sender: object, **kwargs: Any) -> None:
    """Concepts or relations changed: everything may look different."""
    request_refresh(SubjectKind.TAXONOMY, 0)


@receiver(places_changed)
def on_places_changed(sender: object, **kwargs: Any) -> None:
    """Travel times changed: who is within reach of which plant has to be looked at anew for everybody."""
    request_refresh(SubjectKind.PLACES, 0)
