"""What runs by the clock; running it twice, or after it was killed half-way, changes nothing more."""

from __future__ import annotations

from celery import shared_task

from workforce.hiring import rates, silence


@shared_task
def end_silence() -> dict[str, int]:
    """Remind employers of applications without a move, and end those that were silent for too long."""
    return silence.end_silence()


@shared_task
def count_answers() -> int:
    """Count anew which share of its applications each employer answers."""
    return rates.count_answers()
