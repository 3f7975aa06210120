"""Pausing a profile, and blocking one that waits to be erased. Lists are told inside the transaction."""

from __future__ import annotations

from workforce.technicians.choices import TechnicianState
from workforce.technicians.models import Technician
from workforce.technicians.services.editing import editing


def pause_profile(*, technician_id: int) -> bool:
    """Take a profile out of everybody's lists at once; return whether that is news."""
    return _move(technician_id, TechnicianState.ACTIVE, TechnicianState.PAUSED)


def resume_profile(*, technician_id: int) -> bool:
    """Put a paused profile back; return whether that is news."""
    return _move(technician_id, TechnicianState.PAUSED, TechnicianState.ACTIVE)


def block_profile(*, technician_id: int) -> bool:
    """Show a profile to nobody, until it is erased or taken back; return whether it was paused before."""
    with editing(technician_id, None) as technician:
        was_paused: bool = technician.state == TechnicianState.PAUSED
        technician.state = TechnicianState.BLOCKED
    return was_paused


def unblock_profile(*, technician_id: int, paused: bool) -> None:
    """Take a blocked profile back to what it was."""
    _move(technician_id, TechnicianState.BLOCKED, TechnicianState.PAUSED if paused else TechnicianState.ACTIVE)


def _move(technician_id: int, before: TechnicianState, after: TechnicianState) -> bool:
    if not Technician.objects.filter(pk=technician_id, state=before).exists():
        return False
    with editing(technician_id, None) as technician:
        if technician.state != before:
            return False
        technician.state = after
    return True
