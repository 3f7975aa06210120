"""A changed taxonomy: fit anew, and rebuild if that made another engine; changed travel times: rebuild."""

from __future__ import annotations

from matching.choices import SubjectKind
from matching.editions import current_edition
from matching.engines import EngineBusy, fit_engine
from matching.kicks import kick
from matching.models import RebuildRun, RefreshRequest
from matching.rebuilds import Send, start_if_idle


def refit_if_changed(*, only_if_asked: bool = False, send: Send = kick) -> bool:
    """Fit on the taxonomy of now and start a rebuild if the lists come from another engine, or if travel times changed
    for everybody; return whether one was started.

    ``only_if_asked`` looks for a pending request first. A change during the fit leaves its own request behind, and
    one during a rebuild with the engine before waits for its end, after which the drain comes here again.
    """
    asked = RefreshRequest.objects.filter(kind=SubjectKind.TAXONOMY).first()
    moved = _places_moved()
    if asked is None and not moved and only_if_asked:
        return False
    try:
        engine = fit_engine()
    except EngineBusy:
        return False
    edition = current_edition()
    underway = RebuildRun.objects.active().filter(version=engine.version).exists()
    needed = moved or (not underway and (edition is None or edition.version != engine.version))
    if needed and start_if_idle(send=send) is None:
        return False
    if asked is not None:  # only now: killed on the way, the next drain finds the request and does it again
        RefreshRequest.objects.filter(kind=SubjectKind.TAXONOMY, seq=asked.seq).delete()
    return needed


def _places_moved() -> bool:
    """Whether travel times changed since the snapshot of the rebuild under way; one that ends removes the request."""
    active = RebuildRun.objects.active().values("pk")
    return (
        RefreshRequest.objects.filter(kind=SubjectKind.PLACES)
        .exclude(covered_by__isnull=False, covered_by__in=active)
        .exists()
    )
